import { CommandRejection } from '../../command-rejection.ts';
import type { ActivateInstruction } from '../../operator-commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import { phase, type InstanceRow, type ProcessInstanceRow } from '../../state/rows.ts';
import type { Run } from '../run.ts';

const unsupportedTypes = ['START_EVENT', 'SEQUENCE_FLOW', 'BOUNDARY_EVENT'];

/** Zeebe prints them in this order. */
export const activatableTypes = [
  'PROCESS',
  'SUB_PROCESS',
  'EVENT_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
  'INTERMEDIATE_CATCH_EVENT',
  'INTERMEDIATE_THROW_EVENT',
  'END_EVENT',
  'SERVICE_TASK',
  'RECEIVE_TASK',
  'USER_TASK',
  'MANUAL_TASK',
  'TASK',
  'EXCLUSIVE_GATEWAY',
  'PARALLEL_GATEWAY',
  'EVENT_BASED_GATEWAY',
  'INCLUSIVE_GATEWAY',
  'MULTI_INSTANCE_BODY',
  'CALL_ACTIVITY',
  'BUSINESS_RULE_TASK',
  'SCRIPT_TASK',
  'SEND_TASK',
];
export const supportedTypes = `[${activatableTypes.join(', ')}]`;

export function refusal({ processId }: ExecutableProcess, reason: string): CommandRejection {
  return new CommandRejection(
    'INVALID_ARGUMENT',
    `Expected to modify instance of process '${processId}' but ${reason}`,
  );
}

const quoted = (list: Iterable<string | number>) => `'${[...new Set(list)].join("', '")}'`;

/**
 * Zeebe's checks in its order.
 * @param ending what the modification ends, by key
 * @throws CommandRejection before anything has been changed
 */
export function checkModification(
  run: Run,
  process: ExecutableProcess,
  instance: ProcessInstanceRow,
  activations: ActivateInstruction[],
  ending: Map<number, InstanceRow>,
): void {
  const refuse = (reason: string) => refusal(process, `it contains one or more ${reason}`);
  const unknown = activations.filter(({ elementId }) => !isElement(process.byId.get(elementId)));
  if (unknown.length > 0) {
    const ids = quoted(unknown.map(({ elementId }) => elementId));
    throw refuse(`activate instructions with an element that could not be found: ${ids}`);
  }
  checkTypes(process, activations);
  checkVariableScopes(process, activations);
  checkAncestors(run, process, instance, activations);
  const conflicts = [...ending.values()].flatMap((row) =>
    activations
      .filter(({ elementId, ancestorElementInstanceKey }) =>
        ancestorElementInstanceKey === undefined
          ? isFlowScope(process.byId.get(elementId)!, run.element(row).id)
          : ancestorElementInstanceKey === row.key,
      )
      .map(
        ({ elementId }) => `element '${elementId}' requires flow scope instance '${row.key}' which is being terminated`,
      ),
  );
  if (conflicts.length === 0) return;
  throw refuse(
    `activate instructions for elements whose required flow scope instance is also being terminated: ${conflicts.join(', ')}. ` +
      'Please provide a valid ancestor scope key for the activation or avoid terminating the required flow scope.',
  );
}

/** The process itself and the inner instances of ad-hoc sub-processes are not for clients. */
const isElement = (element: ExecutableElement | undefined) =>
  element !== undefined && element.type !== 'PROCESS' && element.type !== 'AD_HOC_SUB_PROCESS_INNER_INSTANCE';

function isFlowScope(element: ExecutableElement, scopeId: string): boolean {
  for (let scope = element.parent; scope; scope = scope.parent) if (scope.id === scopeId) return true;
  return false;
}

function checkTypes(process: ExecutableProcess, activations: ActivateInstruction[]): void {
  const elements = [...new Set(activations.map(({ elementId }) => process.byId.get(elementId)!))];
  const refuse = (found: ExecutableElement[], why: string) =>
    refusal(
      process,
      `it contains one or more activate instructions for elements that are unsupported: ${quoted(found.map(({ id }) => id))}. ${why}.`,
    );
  const afterGateway = elements.filter(isBehindEventGateway);
  if (afterGateway.length > 0) {
    throw refuse(afterGateway, 'The activation of events belonging to an event-based gateway is not supported');
  }
  const unsupported = elements.filter(({ type }) => unsupportedTypes.includes(type));
  if (unsupported.length === 0) return;
  const types = quoted(unsupported.map(({ type }) => type));
  throw refuse(
    unsupported,
    `The activation of elements with type ${types} is not supported. Supported element types are: ${supportedTypes}`,
  );
}

export function isBehindEventGateway({ type, incoming }: ExecutableElement): boolean {
  const catches = type === 'INTERMEDIATE_CATCH_EVENT' || type === 'RECEIVE_TASK';
  return catches && incoming.some(({ source }) => source!.type === 'EVENT_BASED_GATEWAY');
}

function checkVariableScopes(process: ExecutableProcess, activations: ActivateInstruction[]): void {
  const named = activations.flatMap(({ elementId, variableInstructions = [] }) =>
    variableInstructions
      .filter(({ scopeId }) => scopeId !== undefined)
      .map(({ scopeId }) => ({ element: process.byId.get(elementId)!, scopeId: scopeId! })),
  );
  const unknown = named.filter(({ scopeId }) => !process.byId.has(scopeId));
  if (unknown.length > 0) {
    const ids = quoted(unknown.map(({ scopeId }) => scopeId));
    throw refusal(
      process,
      `it contains one or more variable instructions with a scope element id that could not be found: ${ids}`,
    );
  }
  if (named.every(({ element, scopeId }) => element.id === scopeId || isFlowScope(element, scopeId))) return;
  throw refusal(
    process,
    "it contains one or more variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification.",
  );
}

function checkAncestors(
  run: Run,
  process: ExecutableProcess,
  instance: ProcessInstanceRow,
  activations: ActivateInstruction[],
): void {
  const refuse = (reason: string) =>
    refusal(process, `it contains one or more activate instructions with an ancestor scope key that ${reason}`);
  const chosen = activations.flatMap(({ elementId, ancestorElementInstanceKey: key }) =>
    key === undefined ? [] : [{ elementId, key, row: run.state.instance(key) }],
  );
  const inactive = chosen.filter(({ row }) => row?.phase !== phase.active);
  if (inactive.length > 0) {
    throw refuse(`does not exist, or is not in an active state: ${quoted(inactive.map(({ key }) => key))}`);
  }
  const foreign = chosen.filter(({ row }) => row!.processInstanceKey !== instance.key);
  if (foreign.length > 0) {
    throw refuse(`does not belong to the modified process instance: ${quoted(foreign.map(({ key }) => key))}`);
  }
  const lines = chosen
    .map(({ elementId, key, row }) => ({ elementId, key, ancestorId: run.element(row!).id }))
    .filter(({ elementId, ancestorId }) => !isFlowScope(process.byId.get(elementId)!, ancestorId))
    .map(
      ({ elementId, key, ancestorId }) =>
        `\n- instance '${key}' of element '${ancestorId}' is not an ancestor of element '${elementId}'`,
    );
  if (lines.length > 0) throw refuse(`is not an ancestor of the element to activate:${lines.join('')}`);
}
