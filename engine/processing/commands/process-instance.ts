import { CommandRejection } from '../../command-rejection.ts';
import type { CreateProcessInstanceRequest, CreateProcessInstanceResponse, Empty } from '../../commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import { phase, type ProcessInstanceRow } from '../../state/rows.ts';
import { Deferred, instanceWaiter } from '../deferred.ts';
import { findDefinition, findDraining } from '../draining.ts';
import { ElementActivation } from '../element-activation.ts';
import { runSteps } from '../life-cycle.ts';
import { startProcessInstance } from '../process-instances.ts';
import type { Answer, Run } from '../run.ts';
import { ScopeVariables } from '../scope-variables.ts';
import { checkBusinessId, checkTags, endsAfter, startElements } from './start-instructions.ts';

export function createProcessInstance(
  run: Run,
  request: CreateProcessInstanceRequest,
): CreateProcessInstanceResponse | Deferred {
  const process = findProcess(run, request);
  const startAt = startElements(process, request);
  const terminateAfter = endsAfter(process, request);
  checkTags(request.tags);
  checkBusinessId(run, process, request.businessId);
  const isNested = startAt?.some(({ parent }) => parent!.type !== 'PROCESS');
  const instance = startProcessInstance(run, process, {
    variables: request.variables,
    startAt: isNested ? [] : startAt,
    terminateAfter,
    tags: request.tags,
    businessId: request.businessId,
  });
  if (isNested) beginWithin(run, instance, startAt!);
  if (!request.awaitCompletion) return response(instance, process, '{}');
  return new Deferred(instanceWaiter(instance.key), request.requestTimeoutMs, (later) =>
    conclusion(later, instance.key, process, request.fetchVariables),
  );
}

/** The scopes around the elements are opened as a modification opens them, once for all of them. */
function beginWithin(run: Run, instance: ProcessInstanceRow, startAt: ExecutableElement[]): void {
  runSteps(run);
  const activation = new ElementActivation(run, instance);
  for (const element of startAt) activation.activate(element, undefined, () => undefined);
}

function findProcess(run: Run, request: CreateProcessInstanceRequest): ExecutableProcess {
  const { definitions } = run.state;
  const { processDefinitionKey: key, processDefinitionId: id, processDefinitionVersion: version } = request;
  if (key !== undefined) {
    const found = findDefinition(run, key);
    if (found?.draining) throw beingDeleted(found.process);
    if (found) return found.process;
    throw new CommandRejection('NOT_FOUND', `Expected to find process definition with key '${key}', but none found`);
  }
  if (id === undefined) {
    const reason = 'Expected at least a bpmnProcessId or a key greater than -1, but none given';
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  const process = version === undefined ? definitions.latestProcess(id) : definitions.processVersion(id, version);
  if (process) return process;
  const draining = version === undefined ? undefined : findDraining(run, 'version', id, version);
  if (draining) throw beingDeleted(draining);
  const which = version === undefined ? '' : ` and version '${version}'`;
  const reason = `Expected to find process definition with process ID '${id}'${which}, but none found`;
  throw new CommandRejection('NOT_FOUND', reason);
}

function beingDeleted({ processId, version, key }: ExecutableProcess): CommandRejection {
  const which = `'${processId}' (version ${version}, process definition key ${key})`;
  return new CommandRejection(
    'INVALID_STATE',
    `Expected to create instance of process ${which}, but it is being deleted`,
  );
}

function response(
  instance: ProcessInstanceRow,
  process: ExecutableProcess,
  variablesJson: string,
): CreateProcessInstanceResponse {
  return {
    processInstanceKey: instance.key,
    processDefinitionKey: process.key,
    processDefinitionId: process.processId,
    processDefinitionVersion: process.version,
    tags: instance.tags ?? [],
    businessId: instance.businessId,
    variablesJson,
  };
}

function conclusion(run: Run, key: number, process: ExecutableProcess, fetch: string[] | undefined): Answer {
  const instance = run.state.processInstance(key)!;
  return { value: response(instance, process, new ScopeVariables(run.state, instance).json(fetch)) };
}

export function cancelProcessInstance(run: Run, { processInstanceKey: key }: { processInstanceKey: number }): Empty {
  const instance = run.state.processInstance(key);
  if (!instance || instance.phase >= phase.terminating) {
    const reason = `Expected to cancel a process instance with key '${key}', but no such process was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (instance.parentKey !== null) {
    throw new CommandRejection(
      'INVALID_STATE',
      `Expected to cancel a process instance with key '${key}', but it is created by a parent process instance. ` +
        `Cancel the root process instance '${instance.rootKey}' instead.`,
    );
  }
  run.terminate(instance);
  return {};
}
