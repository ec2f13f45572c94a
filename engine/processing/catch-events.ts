import type { JsonObject } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { isProcessInstance, type InstanceRow, type SubscriptionRow } from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { closeConditionals, openConditional } from './conditionals.ts';
import { enterTriggered } from './element-instances.ts';
import { resolveIncidentsOf } from './incidents.ts';
import { cancelJob } from './jobs.ts';
import { acceptsChildren, isActive, type ListeningStage, type Run } from './run.ts';
import { closeSignalSubscriptions, openSignalSubscription } from './signal-subscriptions.ts';
import { dueTimer, type DueTimer } from './timers.ts';

/** What an element instance is about to wait for, all expressions read: opening it can't fail any more. */
export interface PreparedSubscription {
  element: ExecutableElement;
  timer?: DueTimer;
  message?: { name: string; correlationKey: string };
  signalName?: string;
}

/** The events that can happen to an instance: its own, those at its boundary, those of its event sub-processes. */
export function caughtBy(row: InstanceRow, element: ExecutableElement): ExecutableElement[] {
  if (isProcessInstance(row)) return element.eventStarts;
  if (element.type === 'EVENT_BASED_GATEWAY') return element.outgoing.map((flow) => flow.target!);
  const isBody = row.isBody === 1;
  const isInner = row.data?.loopCounter !== undefined;
  const boundary = isInner ? [] : element.boundaryEvents;
  if (isBody) return boundary;
  const waitsItself =
    element.type === 'RECEIVE_TASK' || (element.type === 'INTERMEDIATE_CATCH_EVENT' && !row.data?.event);
  return [...(waitsItself ? [element] : []), ...boundary, ...element.eventStarts];
}

/** @param only leaves out events that are waited for already */
export function prepareSubscriptions(
  run: Run,
  row: InstanceRow,
  element: ExecutableElement,
  only?: (event: ExecutableElement) => boolean,
): PreparedSubscription[] {
  const events = caughtBy(row, element);
  const caught = only ? events.filter(only) : events;
  if (caught.length === 0) return [];
  const expressions = new Expressions(run, row);
  return caught.map((catching) => {
    const { timer, message, signal } = catching.event ?? {};
    if (timer) return { element: catching, timer: dueTimer(run, timer, expressions) };
    if (signal) return { element: catching, signalName: expressions.string(signal.name) };
    if (!message) return { element: catching };
    const name = expressions.string(message.name);
    // the correlation key alone is read outside of the activity where the event is at its boundary
    const isOutside = catching.type === 'BOUNDARY_EVENT' && !isProcessInstance(row);
    const keyExpressions = isOutside ? new Expressions(run, run.state.scopeOf(row)!) : expressions;
    return {
      element: catching,
      message: { name, correlationKey: keyExpressions.correlationKey(message.correlationKey ?? '') },
    };
  });
}

export function openSubscriptions(run: Run, row: InstanceRow, prepared: PreparedSubscription[]): void {
  for (const { element, timer, message, signalName } of prepared) {
    if (timer) openTimer(run, row, element, timer);
    if (message) openMessage(run, row, element, message);
    if (signalName !== undefined) openSignalSubscription(run, row, element, signalName);
    if (element.event?.conditional) openConditional(run, row, element);
  }
}

export function openTimer(
  run: Run,
  row: InstanceRow,
  element: ExecutableElement,
  { dueAt, repetitions }: DueTimer,
): void {
  run.emit('timer.created', {
    key: run.keys.next(),
    dueAt,
    processDefinitionKey: element.process.key,
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: element.ref,
    repetitions,
  });
}

function openMessage(
  run: Run,
  row: InstanceRow,
  element: ExecutableElement,
  { name, correlationKey }: { name: string; correlationKey: string },
): void {
  const subscription: SubscriptionRow = {
    key: run.keys.next(),
    messageName: name,
    correlationKey,
    processId: element.process.processId,
    processDefinitionKey: element.process.key,
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: element.ref,
    state: 'CREATED',
    updatedAt: run.now,
  };
  run.emit('subscription.opened', subscription);
  run.listen(subscription.key, 'opened');
}

/** A message that was there before comes in two moves, in which all else that has been set going moves on, as in Zeebe. */
export function listen(run: Run, subscriptionKey: number, stage: ListeningStage): void {
  const subscription = run.state.subscriptions.get(subscriptionKey);
  if (subscription?.state !== 'CREATED') return;
  const { messageName, correlationKey, processId } = subscription;
  const message = run.state.queries
    .bufferedMessages(messageName!, correlationKey, run.now)
    .find(({ key }) => !run.state.queries.correlation(key, processId));
  if (!message) return;
  if (stage === 'heard' && !correlate(run, subscription, message.key, message.variables ?? {})) return;
  run.listen(subscription.key, stage === 'heard' ? 'opened' : 'heard');
}

/**
 * Gives a message to a subscription; one that is used up by it is closed.
 * @returns whether the element took it
 */
export function correlate(run: Run, subscription: SubscriptionRow, messageKey: number, variables: JsonObject): boolean {
  const { processInstanceKey, elementInstanceKey } = subscription;
  const holder = run.state.instance(elementInstanceKey!, processInstanceKey!);
  const element = run.state.definitions.element(subscription.elementRef);
  if (!holder || !canTakeEvents(holder)) return false;
  run.emit('message.correlated', {
    key: run.keys.next(),
    messageKey,
    messageName: subscription.messageName,
    correlationKey: subscription.correlationKey,
    processId: subscription.processId,
    processDefinitionKey: subscription.processDefinitionKey,
    processInstanceKey: processInstanceKey!,
    elementInstanceKey,
    elementRef: subscription.elementRef,
    subscriptionKey: subscription.key,
    correlatedAt: run.now,
  });
  const stays = staysOpen(element);
  run.emit('subscription.changed', subscription, { state: stays ? 'CREATED' : 'CORRELATED', updatedAt: run.now });
  triggerEvent(run, holder, element, variables);
  return true;
}

const staysOpen = (element: ExecutableElement) =>
  (element.type === 'BOUNDARY_EVENT' || element.type === 'START_EVENT') && element.interrupting === false;

const canTakeEvents = (holder: InstanceRow) => isActive(holder) && !holder.data?.interrupt && !holder.data?.triggered;

/** An event has happened that `holder` was waiting for with the catching element. */
export function triggerEvent(
  run: Run,
  holder: InstanceRow,
  catching: ExecutableElement,
  variables: JsonObject,
): boolean {
  if (!canTakeEvents(holder)) return false;
  // a scope that an event sub-process has interrupted starts no other one, events at its boundary still end it
  if (catching.type === 'START_EVENT' && holder.data?.interruptedBy !== undefined) return false;
  if (catching.type === 'BOUNDARY_EVENT') triggerBoundary(run, holder, catching, variables);
  else if (catching.type === 'START_EVENT') triggerEventSubProcess(run, holder, catching, variables);
  else if (run.element(holder) === catching) {
    closeSubscriptions(run, holder, (elementRef) => elementRef === catching.ref);
    run.emit('element.changed', holder, { data: { ...holder.data, event: variables } });
    run.complete(holder);
  } else {
    closeSubscriptions(run, holder);
    run.emit('element.changed', holder, {
      data: { ...holder.data, triggered: { elementRef: catching.ref, variables } },
    });
    run.complete(holder);
  }
  return true;
}

function triggerBoundary(run: Run, host: InstanceRow, boundary: ExecutableElement, variables: JsonObject): void {
  const scope = run.state.scopeOf(host)!;
  if (!boundary.interrupting) {
    if (acceptsChildren(run, scope)) enterTriggered(run, boundary, scope, variables);
    return;
  }
  closeSubscriptions(run, host);
  run.emit('element.changed', host, { data: { ...host.data, interrupt: { elementRef: boundary.ref, variables } } });
  run.terminate(host);
}

function triggerEventSubProcess(run: Run, scope: InstanceRow, start: ExecutableElement, variables: JsonObject): void {
  if (!start.interrupting) {
    run.activate(start.parent!, scope, { event: variables });
    return;
  }
  const starts = new Set(run.element(scope).eventStarts.map(({ ref }) => ref));
  closeSubscriptions(run, scope, (elementRef) => starts.has(elementRef));
  run.emit('element.changed', scope, { data: { ...scope.data, interrupt: { elementRef: start.ref, variables } } });
  interruptChildren(run, scope);
}

/** The scope itself lives on for the event sub-process, its other children do not. */
function interruptChildren(run: Run, scope: InstanceRow): void {
  // an ad-hoc sub-process has a job of its own, which nobody needs any more
  if (scope.jobKey !== null) {
    cancelJob(run, scope);
    resolveIncidentsOf(run, scope);
    run.emit('element.changed', scope, { jobKey: null });
  }
  const tokens = run.state.queries.waitingTokensOfScope(scope.key);
  for (const token of tokens) run.emit('token.taken', token, { waiting: 0 });
  const children = run.state.queries.activeChildren(scope.processInstanceKey, scope.key);
  const left = scope.children - tokens.length;
  run.emit('element.changed', scope, { children: left });
  for (const child of children) run.terminate(child);
  if (left > 0) return;
  const { elementRef, variables } = scope.data!.interrupt!;
  const start = run.state.definitions.element(elementRef);
  run.emit('element.changed', scope, { data: { ...scope.data, interrupt: undefined, interruptedBy: elementRef } });
  run.activate(start.parent!, scope, { event: variables });
}

/** Closes all that the instance waits for, or only what some of its catching elements do. */
export function closeSubscriptions(
  run: Run,
  row: InstanceRow,
  closes: (elementRef: number) => boolean = () => true,
): void {
  for (const timer of run.state.queries.timersOf(row.key)) {
    if (closes(timer.elementRef)) run.emit('timer.ended', timer);
  }
  for (const subscription of run.state.queries.subscriptionsOf(row.key)) {
    if (!closes(subscription.elementRef)) continue;
    run.emit('subscription.changed', subscription, { state: 'DELETED', updatedAt: run.now });
  }
  closeSignalSubscriptions(run, row, closes);
  if (run.element(row).process.watchesVariables) closeConditionals(run, row, closes);
}
