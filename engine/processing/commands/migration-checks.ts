import type { ExecutableElement } from '../../model/executable-process.ts';
import { isProcessInstance, type InstanceRow } from '../../state/rows.ts';
import { caughtBy } from '../catch-events.ts';
import type { MigrationMapping } from './migration-mapping.ts';
import { isBehindEventGateway } from './modification-checks.ts';

const unsupportedTypes = new Set([
  'START_EVENT',
  'INTERMEDIATE_THROW_EVENT',
  'BOUNDARY_EVENT',
  'END_EVENT',
  'MANUAL_TASK',
  'TASK',
]);
const supportedCatchEvents = new Set(['timer', 'message', 'signal', 'conditional']);

/**
 * Zeebe's preconditions for one instance, in its order and words.
 * @param from the element of the instance
 * @returns the element that it goes to
 */
export function checkedTarget(mapping: MigrationMapping, row: InstanceRow, from: ExecutableElement): ExecutableElement {
  checkSupported(mapping, row, from);
  const to = mapping.of(from);
  if (!to) {
    throw mapping.refuse(
      'INVALID_STATE',
      `no mapping instruction defined for active element with id '${from.id}'. Elements cannot be migrated without a mapping.`,
    );
  }
  checkType(mapping, from, typeOf(row, from), to, typeOf(row, to, from));
  checkImplementation(mapping, row, from, to);
  // a compensation handler runs where the compensation was thrown
  if (row.data?.compensation === undefined) checkFlowScope(mapping, from, to);
  checkEvents(mapping, row, from, to);
  if (from.loop && from.loop.sequential !== to.loop?.sequential) {
    throw mapping.refuse(
      'INVALID_STATE',
      `active element with id '${from.id}' has a different loop characteristics than the target element with id '${to.id}'. ` +
        'Both elements must have either sequential or parallel loop characteristics.',
    );
  }
  return to;
}

function checkSupported(mapping: MigrationMapping, row: InstanceRow, from: ExecutableElement): void {
  const what = `active element with id '${from.id}'`;
  if (unsupportedTypes.has(from.type) && typeOf(row, from) === from.type) {
    throw mapping.refuse(
      'INVALID_STATE',
      `${what} has an unsupported type. The migration of a ${from.type} is not supported.`,
    );
  }
  if (from.type !== 'INTERMEDIATE_CATCH_EVENT') return;
  const kind = from.event?.kind ?? 'none';
  if (!supportedCatchEvents.has(kind)) {
    throw mapping.refuse(
      'INVALID_STATE',
      `${what} is intermediate catch event of type '${kind.toUpperCase()}'. ` +
        'Migrating active intermediate catch event of this type is not possible yet.',
    );
  }
  if (!isBehindEventGateway(from)) return;
  throw mapping.refuse(
    'INVALID_STATE',
    `${what} is an intermediate catch event attached to an event-based gateway. ` +
      'Migrating active events attached to an event-based gateway is not possible yet.',
  );
}

/** @param source given for a target: an inner instance stays one only where its element still has a loop */
function typeOf(row: InstanceRow, element: ExecutableElement, source?: ExecutableElement): string {
  const isInner = row.data?.loopCounter !== undefined && (source?.loop !== undefined || !source);
  return element.loop && !isInner && !isProcessInstance(row) ? 'MULTI_INSTANCE_BODY' : element.type;
}

function checkType(
  mapping: MigrationMapping,
  from: ExecutableElement,
  type: string,
  to: ExecutableElement,
  targetType: string,
): void {
  if (type === targetType) return;
  throw mapping.refuse(
    'INVALID_STATE',
    `active element with id '${from.id}' and type '${type}' is mapped to an element with id '${to.id}' and different type '${targetType}'. ` +
      'Elements must be mapped to elements of the same type.',
  );
}

const implementationOf = (isJob: boolean) => (isJob ? 'job worker' : 'zeebe user task');

/** A job may become a user task of Camunda's, the other way round it is lost. */
function checkImplementation(
  mapping: MigrationMapping,
  row: InstanceRow,
  from: ExecutableElement,
  to: ExecutableElement,
): void {
  if (from.type !== 'USER_TASK' || (from.loop && row.data?.loopCounter === undefined)) return;
  if (from.job || !to.job) return;
  throw mapping.refuse(
    'INVALID_STATE',
    `active user task with id '${from.id}' and implementation '${implementationOf(false)}' is mapped to ` +
      `an user task with id '${to.id}' and different implementation '${implementationOf(true)}'. ` +
      'Elements must be mapped to elements of the same implementation.',
  );
}

function checkFlowScope(mapping: MigrationMapping, from: ExecutableElement, to: ExecutableElement): void {
  if (!from.parent) return;
  const expected = mapping.of(from.parent);
  if (expected === to.parent) return;
  throw mapping.refuse(
    'INVALID_STATE',
    `the flow scope of active element with id '${from.id}' is changed. ` +
      `The flow scope of the active element is expected to be '${expected?.id ?? from.parent.id}' but was '${to.parent?.id}'. ` +
      'The flow scope of an element cannot be changed during migration yet.',
  );
}

const eventTypeOf = ({ event }: ExecutableElement) => (event?.kind ?? 'none').toUpperCase();

/** An event that is waited for stays with its instance and stays what it is; two never become one. */
function checkEvents(
  mapping: MigrationMapping,
  row: InstanceRow,
  from: ExecutableElement,
  to: ExecutableElement,
): void {
  const mapped = caughtBy(row, from).flatMap((event) => {
    const target = mapping.of(event);
    return target ? [{ event, target }] : [];
  });
  const targets = new Set(caughtBy(row, to));
  const detached = mapped.find(({ target }) => !targets.has(target));
  if (detached) {
    throw mapping.refuse(
      'INVALID_STATE',
      `active element with id '${from.id}' is mapped to an element with id '${to.id}' and ` +
        `has a catch event with id '${detached.event.id}' that is mapped to a catch event with id '${detached.target.id}'. ` +
        'These mappings detach the catch event from the element in the target process. ' +
        'Catch events must stay attached to the same element instance.',
    );
  }
  for (const { target } of mapped) {
    const merged = mapped.filter((other) => other.target === target).map(({ event }) => event.id);
    if (merged.length < 2) continue;
    throw mapping.refuse(
      'INVALID_STATE',
      `active element with id '${from.id}' has a catch event attached that is mapped to a catch event with id '${target.id}'. ` +
        `There are multiple mapping instructions that target this catch event: '${merged.toSorted((a, b) => a.localeCompare(b)).join("', '")}'. ` +
        'Catch events cannot be merged by process instance migration. ' +
        'Please ensure the mapping instructions target a catch event only once.',
    );
  }
  const changed = mapped.find(({ event, target }) => event.event?.kind !== target.event?.kind);
  if (!changed) return;
  throw mapping.refuse(
    'INVALID_STATE',
    `active element with id '${from.id}' has a catch event with id '${changed.event.id}' that is mapped to a catch event with id '${changed.target.id}'. ` +
      `These catch events have different event types: '${eventTypeOf(changed.event)}' and '${eventTypeOf(changed.target)}'. ` +
      'The event type of a catch event cannot be changed by process instance migration. ' +
      'Please ensure the event type of the catch event remains the same or remove the mapping instruction for these catch events.',
  );
}

/** @throws CommandRejection when tokens that wait at a gateway would have come by one sequence flow */
export function refuseSharedFlows(mapping: MigrationMapping, moves: { from: string; to: ExecutableElement }[]): void {
  const sources = new Map<ExecutableElement, Set<string>>();
  for (const { from, to } of moves) sources.set(to, (sources.get(to) ?? new Set()).add(from));
  for (const [to, from] of sources) {
    if (from.size < 2) continue;
    throw mapping.refuse(
      'INVALID_ARGUMENT',
      `active sequence flows '${[...from].join(', ')}' are mapped to the same target sequence flow '${to.id}'. ` +
        'Each active sequence flow must be mapped to a unique target sequence flow.',
    );
  }
}

/**
 * A token that waits at a joining gateway must find its sequence flow at the gateway's target.
 * @returns the gateway and the flow that it waits with from now on
 */
export function checkedToken(
  mapping: MigrationMapping,
  gateway: ExecutableElement,
  flow: ExecutableElement,
): { gateway: ExecutableElement; flow: ExecutableElement } {
  const to = mapping.of(gateway);
  if (!to) {
    throw mapping.refuse(
      'INVALID_ARGUMENT',
      `gateway '${gateway.id}' has at least one incoming sequence flow taken. ` +
        'Joining gateways with at least one incoming sequence flow taken must be mapped to a gateway of the same type in the target process definition.',
    );
  }
  if (gateway.type !== to.type) {
    throw mapping.refuse(
      'INVALID_ARGUMENT',
      `active element with id '${gateway.id}' and type '${gateway.type}' is mapped to an element with id '${to.id}' and different type '${to.type}'. ` +
        'Elements must be mapped to elements of the same type.',
    );
  }
  checkFlowScope(mapping, gateway, to);
  if (to.incoming.length < gateway.incoming.length) {
    throw mapping.refuse(
      'INVALID_ARGUMENT',
      `target gateway with id '${to.id}' has less incoming sequence flows than the source gateway with id '${gateway.id}'. ` +
        'Target gateway must have at least the same number of incoming sequence flows as the source gateway.',
    );
  }
  const wanted = mapping.of(flow)?.id ?? flow.id;
  const found = to.incoming.find(({ id }) => id === wanted);
  if (found) return { gateway: to, flow: found };
  throw mapping.refuse(
    'INVALID_ARGUMENT',
    `gateway with id '${gateway.id}' has a taken incoming sequence flow mismatch. ` +
      `Taken sequence flow with id '${flow.id}' must connect to the mapped target gateway with id '${to.id}' in the target process definition.`,
  );
}
