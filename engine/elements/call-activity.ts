import { parseExactly } from '../exact-json.ts';
import type { CalledElementSpec } from '../model/element-spec.ts';
import type { ExecutableElement, ExecutableProcess } from '../model/executable-process.ts';
import { isNoneStart } from '../model/start-events.ts';
import { findDraining } from '../processing/draining.ts';
import { Expressions } from '../processing/expressions.ts';
import { Incident } from '../processing/incident.ts';
import { startProcessInstance } from '../processing/process-instances.ts';
import type { Run } from '../processing/run.ts';
import { localVariables, ScopeVariables } from '../processing/scope-variables.ts';
import type { JsonObject } from '../json.ts';
import type { ElementInstanceRow } from '../state/rows.ts';
import type { Behavior } from './behavior.ts';

/** Runs another process as a child and goes on when that has completed. */
export const callActivity: Behavior = {
  activate(run, row, element) {
    const spec = element.called!;
    const expressions = new Expressions(run, row);
    const process = calledProcess(run, element, spec, expressions.string(spec.processId));
    const parent = run.state.processInstance(row.processInstanceKey)!;
    if (parent.depth >= run.settings.maxProcessDepth) {
      throw new Incident(
        'CALLED_ELEMENT_ERROR',
        `The call activity has reached the maximum depth of ${run.settings.maxProcessDepth}. This is likely due to a recursive call. ` +
          'Cancel the root process instance if this was unintentional. Otherwise, consider increasing the maximum depth, ' +
          'or use process instance modification to adjust the process instance.',
      );
    }
    const child = startProcessInstance(run, process, {
      parent: { instance: parent, elementKey: row.key },
      variables: inherited(run, row, element),
      tags: parent.tags,
      // inherited only: a business id of the called element's own came with 8.10
      businessId: parent.businessId,
    });
    run.emit('element.changed', row, { children: 1, data: { ...row.data, called: child.key } });
  },
  terminate(run, row, _element, manner) {
    const child = row.data?.called === undefined ? undefined : run.state.processInstance(row.data.called);
    if (child) run.terminate(child, manner);
  },
};

function inherited(run: Run, row: ElementInstanceRow, { called, inputs }: ExecutableElement): JsonObject {
  if (called!.propagateAllParentVariables) return parseExactly(new ScopeVariables(run.state, row).json()) as JsonObject;
  // without the switch local variables go down where input mappings say that something shall: no loop's item by itself
  return inputs ? localVariables(run.state, row) : {};
}

function calledProcess(
  run: Run,
  element: ExecutableElement,
  spec: CalledElementSpec,
  processId: string,
): ExecutableProcess {
  const { definitions } = run.state;
  const { deploymentKey } = element.process;
  const process =
    spec.binding === 'deployment'
      ? definitions.processInDeployment(processId, deploymentKey)
      : spec.binding === 'versionTag'
        ? definitions.taggedProcess(processId, spec.versionTag ?? '')
        : definitions.latestProcess(processId);
  if (!process) {
    const value = spec.binding === 'deployment' ? deploymentKey : (spec.versionTag ?? '');
    const draining = findDraining(run, spec.binding, processId, value);
    const message = draining ? beingDeleted(draining) : notFound(spec, processId, deploymentKey);
    throw new Incident('CALLED_ELEMENT_ERROR', message);
  }
  if (!process.root.startEvents.some(isNoneStart)) {
    throw new Incident(
      'CALLED_ELEMENT_ERROR',
      `Expected process with BPMN process id '${processId}' to have a none start event, but not found.`,
    );
  }
  return process;
}

function beingDeleted({ processId, version, key }: ExecutableProcess): string {
  return `Expected to call process with BPMN process id '${processId}' and version ${version} (key ${key}), but it is being deleted.`;
}

function notFound(spec: CalledElementSpec, processId: string, deploymentKey: number): string {
  const what = `Expected to call process with BPMN process id '${processId}'`;
  if (spec.binding === 'deployment') {
    return (
      `${what} with binding type 'deployment', but no such process found in the deployment with key ${deploymentKey} ` +
      'which contained the current process. To resolve this incident, migrate the process instance to a process ' +
      'definition that is deployed together with the intended process definition to call.'
    );
  }
  if (spec.binding === 'versionTag') {
    return (
      `${what} and version tag '${spec.versionTag}', but no such process found. ` +
      'To resolve this incident, deploy a process with the given process id and version tag.'
    );
  }
  return `Expected process with BPMN process id '${processId}' to be deployed, but not found.`;
}
