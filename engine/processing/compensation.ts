import type { ExecutableElement } from '../model/executable-process.ts';
import {
  phase,
  type CompensationSubscriptionRow,
  type ElementInstanceRow,
  type InstanceRow,
  type ProcessInstanceRow,
} from '../state/rows.ts';
import { newElementInstance } from './element-instances.ts';
import { isActive, type Run } from './run.ts';

export const compensationEventOf = ({ boundaryEvents }: ExecutableElement): ExecutableElement | undefined =>
  boundaryEvents.find(({ event }) => event!.kind === 'compensation');

/** What was done inside can be undone from outside once it is over; not what an event sub-process did, as in Zeebe. */
const isScope = (row: ElementInstanceRow, { type }: ExecutableElement): boolean =>
  row.isBody === 1 || (type.includes('SUB_PROCESS') && type !== 'EVENT_SUB_PROCESS');

/** Remembers that what completes can be undone: by its handler, and a scope by those of the activities inside of it. */
export function rememberCompensable(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  // events at the boundary of a multi-instance activity belong to its body
  const handler = row.data?.loopCounter === undefined ? compensationEventOf(element)?.handler : undefined;
  const hasInside = isScope(row, element) && forgetBegun(run, row.key);
  if (element.type === 'EVENT_SUB_PROCESS') forgetCompensationIn(run, row.key);
  if (!handler && !hasInside) return;
  run.emit('compensation.created', {
    key: run.keys.next(),
    processInstanceKey: row.processInstanceKey,
    activityRef: element.ref,
    activityKey: row.key,
    scopeKey: row.scopeKey,
    handlerRef: handler?.ref ?? null,
    throwKey: null,
  });
}

/**
 * What was being undone when something ended the thrower is not undone again.
 * @returns whether anything else in the scope can be
 */
function forgetBegun(run: Run, scopeKey: number): boolean {
  let left = false;
  for (const subscription of run.state.queries.compensationsInScope(scopeKey)) {
    if (subscription.throwKey === null) left = true;
    else forget(run, subscription);
  }
  return left;
}

/**
 * Invokes the handlers of what has completed in the scope of the thrower, all at once, and inside of the sub-processes
 * that have completed there (docs: "Compensation events > Triggering compensation").
 * @returns whether there are any that the thrower waits for
 */
export function triggerCompensation(run: Run, thrower: ElementInstanceRow, element: ExecutableElement): boolean {
  const scope = run.state.scopeOf(thrower)!;
  const scopeKeys = [scope.key];
  // an event sub-process undoes what was done outside of it too
  if (element.parent!.type === 'EVENT_SUB_PROCESS') scopeKeys.push(run.state.scopeOf(scope)!.key);
  const triggered = scopeKeys
    .flatMap((key) => untriggeredIn(run, key))
    .filter(({ activityRef }) => !element.compensates || activityRef === element.compensates.ref);
  for (const subscription of triggered) trigger(run, thrower, scope, subscription);
  return triggered.length > 0;
}

const untriggeredIn = (run: Run, scopeKey: number): CompensationSubscriptionRow[] =>
  run.state.queries.compensationsInScope(scopeKey).filter(({ throwKey }) => throwKey === null);

function trigger(
  run: Run,
  thrower: ElementInstanceRow,
  scope: InstanceRow,
  subscription: CompensationSubscriptionRow,
): void {
  run.emit('compensation.changed', subscription, { throwKey: thrower.key });
  if (subscription.handlerRef !== null) {
    const activity = run.state.definitions.element(subscription.activityRef);
    recordBoundaryEvent(run, scope, compensationEventOf(activity)!);
    // also what undoes something inside of a sub-process runs beside the thrower: the sub-process is over
    const handler = run.state.definitions.element(subscription.handlerRef);
    run.activate(handler, scope, { compensation: subscription.key });
  }
  for (const inner of untriggeredIn(run, subscription.activityKey)) trigger(run, thrower, scope, inner);
}

/** The event is entered and left at once: no token goes through it. */
function recordBoundaryEvent(run: Run, scope: InstanceRow, boundary: ExecutableElement): void {
  const ended = { state: 'COMPLETED', phase: phase.completed, endedAt: run.now, data: null } as const;
  run.emit('element.activating', newElementInstance(run, boundary, scope, ended));
}

/** A handler has completed, or a person has taken it away: the thrower goes on when it was the last one. */
export function finishCompensation(run: Run, handler: ElementInstanceRow): void {
  const subscription = run.state.compensations.get(handler.data!.compensation!);
  if (!subscription) return;
  run.emit('compensation.ended', subscription);
  finishScopes(run, subscription.scopeKey);
  const throwKey = subscription.throwKey!;
  if (run.state.queries.compensationThrownBy(throwKey)) return;
  const thrower = run.state.instance(throwKey, subscription.processInstanceKey);
  if (thrower && isActive(thrower)) run.complete(thrower);
}

/** A scope without a handler of its own is undone when all inside of it is. */
function finishScopes(run: Run, scopeKey: number): void {
  if (run.state.queries.compensationInScope(scopeKey)) return;
  const around = run.state.queries.compensationOfActivity(scopeKey);
  if (!around || around.handlerRef !== null) return;
  run.emit('compensation.ended', around);
  finishScopes(run, around.scopeKey);
}

/** What was done inside of a scope that is terminated is never undone. */
export function forgetCompensationIn(run: Run, scopeKey: number): void {
  for (const subscription of run.state.queries.compensationsInScope(scopeKey)) forget(run, subscription);
}

function forget(run: Run, subscription: CompensationSubscriptionRow): void {
  run.emit('compensation.ended', subscription);
  forgetCompensationIn(run, subscription.activityKey);
}

export function forgetCompensationOf(run: Run, instance: ProcessInstanceRow): void {
  for (const subscription of run.state.queries.compensationsOf(instance.key)) {
    run.emit('compensation.ended', subscription);
  }
}
