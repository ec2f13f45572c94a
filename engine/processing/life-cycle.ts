import { behaviorOf } from '../elements/behaviors.ts';
import { concludeInner } from '../elements/multi-instance-body.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import {
  isProcessInstance,
  phase,
  type ElementInstanceRow,
  type InstanceData,
  type InstanceRow,
  type PendingEvent,
} from '../state/rows.ts';
import { broadcastSignal } from './broadcast-signal.ts';
import { closeSubscriptions, listen, openSubscriptions, prepareSubscriptions, triggerEvent } from './catch-events.ts';
import { enterTriggered, newElementInstance } from './element-instances.ts';
import { outwards } from './errors.ts';
import { finishCompensation, forgetCompensationIn, rememberCompensable } from './compensation.ts';
import { askConditions } from './conditionals.ts';
import { cancelJob } from './jobs.ts';
import { Incident } from './incident.ts';
import { guarded, resolveIncidentsOf } from './incidents.ts';
import { endProcessInstance } from './end-process-instance.ts';
import { terminateChildren } from './scopes.ts';
import { runListenerJobs } from './execution-listeners.ts';
import { mayStillArrive } from './inclusive-join.ts';
import { applyInputMappings, applyOutputMappings } from './mappings.ts';
import { acceptsChildren, inheritedData, type EntryOptions, type Manner, type Run, type Step } from './run.ts';
import { setLocalVariables } from './scope-variables.ts';

/** Runs what the command has set going until nothing moves any more. */
export function runSteps(run: Run): void {
  for (;;) {
    askConditions(run);
    const step = run.takeStep();
    if (step?.kind === 'activate') enter(run, step);
    else if (step?.kind === 'broadcast') broadcastSignal(run, step.signalName, step.variables);
    else if (step?.kind === 'condition') triggerCondition(run, step.subscriptionKey);
    else if (step?.kind === 'listen') listen(run, step.subscriptionKey, step.stage);
    else if (step) moveOn(run, step);
    else if (run.stirred.size === 0) return;
    else joinWhereStirred(run);
  }
}

function triggerCondition(run: Run, subscriptionKey: number): void {
  const subscription = run.state.conditionals.get(subscriptionKey);
  const holder = subscription && run.state.instance(subscription.elementInstanceKey!, subscription.processInstanceKey!);
  if (holder) triggerEvent(run, holder, run.state.definitions.element(subscription.elementRef), {});
}

function moveOn(run: Run, step: Exclude<Step, { kind: 'activate' | 'broadcast' | 'condition' | 'listen' }>): void {
  const row = run.state.instance(step.key, step.processInstanceKey);
  if (!row) return;
  if (step.kind === 'terminate') terminate(run, row, step.manner);
  else if (step.kind === 'complete') guarded(run, row, () => complete(run, row));
  else guarded(run, row, () => activate(run, row, run.element(row)));
}

function enter(run: Run, step: Extract<Step, { kind: 'activate' }>): void {
  const { element, options } = step;
  const scope = run.state.instance(step.scopeKey, step.processInstanceKey);
  if (!scope) return;
  if (!acceptsChildren(run, scope)) {
    childEnded(run, scope);
    return;
  }
  const inner = options.loopCounter !== undefined;
  const row = newElementInstance(run, element, scope, {
    flowRef: options.flowRef ?? null,
    isBody: element.loop && !inner ? 1 : 0,
    data: dataOf(options, scope),
  });
  run.emit('element.activating', row);
  if (options.locals) setLocalVariables(run.state, row, options.locals);
  guarded(run, row, () => {
    // the items of a multi-instance body are as many as its collection says, and no circle
    if (!inner && options.compensation === undefined) countEntry(run, element, scope);
    activate(run, row, element);
  });
}

function dataOf({ loopCounter, event, compensation }: EntryOptions, scope: InstanceRow): InstanceData | null {
  const inherited = inheritedData(scope);
  if (loopCounter !== undefined) return { loopCounter, ...inherited };
  if (compensation !== undefined) return { compensation, ...inherited };
  return event ? { event, ...inherited } : inherited;
}

/** A process that runs in a circle without ever waiting would hang the engine: it stops with an incident instead. */
function countEntry(run: Run, element: ExecutableElement, scope: InstanceRow): void {
  const entries = run.entries.count(element.ref, scope.key);
  if (entries <= run.settings.maxEntriesPerCommand) return;
  throw new Incident(
    'UNKNOWN',
    `Expected to leave the loop at element '${element.id}', but it was entered ${entries} times without waiting.`,
  );
}

/** Also enters again an instance whose incident was resolved. */
function activate(run: Run, row: InstanceRow, element: ExecutableElement): void {
  if (row.phase !== phase.activating) return;
  const isBody = !isProcessInstance(row) && row.isBody === 1;
  // an instance that comes back from a listener has its input mappings already
  const resumed = row.data?.listeners !== undefined;
  const behavior = behaviorOf(row, element);
  if (!isBody && !isProcessInstance(row) && !resumed) {
    behavior.prepare?.(run, row, element);
    applyInputMappings(run, row, element);
  }
  if (!isBody && runListenerJobs(run, row, element, 'START')) return;
  const subscriptions = subscribesLater(row, element, isBody) ? [] : prepareSubscriptions(run, row, element);
  const begin = () => {
    behavior.activate(run, row as ElementInstanceRow, element);
    run.emit('element.activated', row, { phase: phase.active });
  };
  run.begin(begin, () => openSubscriptions(run, row, subscriptions));
}

/** Scopes listen once their start event is over: its variables may be what a correlation key is read from. */
function subscribesLater(row: InstanceRow, element: ExecutableElement, isBody: boolean): boolean {
  if (isBody || row.data?.startAt) return false;
  return element.type === 'PROCESS' || element.type === 'SUB_PROCESS' || element.type === 'EVENT_SUB_PROCESS';
}

function complete(run: Run, row: InstanceRow): void {
  if (row.phase !== phase.active && row.phase !== phase.completing) return;
  const around = outwards(run, row);
  // all inside is on its way to its end
  if (around && !acceptsChildren(run, around)) return;
  const element = run.element(row);
  const isBody = !isProcessInstance(row) && row.isBody === 1;
  if (row.phase === phase.active) run.emit('element.completing', row, { phase: phase.completing });
  const behavior = behaviorOf(row, element);
  if (row.data?.listeners === undefined) {
    behavior.complete?.(run, row as ElementInstanceRow, element);
    if (!isBody && !isProcessInstance(row)) applyOutputMappings(run, row, element, row.data?.event);
    // what these variables trigger comes before what is entered next
    askConditions(run);
  }
  if (!isBody && runListenerJobs(run, row, element, 'END')) return;
  behavior.conclude?.(run, row as ElementInstanceRow, element);
  if (row.data?.loopCounter) concludeInner(run, row as ElementInstanceRow, element);
  if (element.type === 'START_EVENT') subscribeScope(run, run.state.scopeOf(row)!);
  if (catchesEvents(element, isBody)) closeSubscriptions(run, row);
  if (isProcessInstance(row)) {
    endProcessInstance(run, row, 'COMPLETED');
    return;
  }
  if (element.process.compensates) rememberCompensable(run, row, element);
  const leave = behavior.flows?.(run, row, element) ?? element.outgoing;
  run.emit('element.completed', row, { phase: phase.completed, state: 'COMPLETED', endedAt: run.now, jobKey: null });
  const scope = run.state.scopeOf(row)!;
  const isLast = isLastOfInstance(run, row, element, scope);
  if (row.data?.loopCounter === undefined && !isLast) takeFlows(run, row, leave, scope);
  behavior.left?.(run, row, element);
  if (row.data?.compensation !== undefined) finishCompensation(run, row);
  childEnded(run, scope, row);
}

/** The instance was told at its creation to end after this element; of a multi-instance, after its body. */
function isLastOfInstance(run: Run, row: ElementInstanceRow, element: ExecutableElement, scope: InstanceRow): boolean {
  if (row.data?.loopCounter !== undefined || !scope.data?.terminateAfter?.includes(element.id)) return false;
  run.terminate(run.state.processInstance(row.processInstanceKey)!);
  return true;
}

function subscribeScope(run: Run, scope: InstanceRow): void {
  openSubscriptions(run, scope, prepareSubscriptions(run, scope, run.element(scope)));
}

const catchesEvents = (element: ExecutableElement, isBody: boolean) =>
  element.boundaryEvents.length > 0 ||
  element.eventStarts.length > 0 ||
  isBody ||
  element.event !== undefined ||
  element.type === 'EVENT_BASED_GATEWAY';

/** An inclusive gateway waits for what its siblings bring: it is asked only when all flows are taken. */
function takeFlows(run: Run, row: ElementInstanceRow, flows: ExecutableElement[], scope: InstanceRow): void {
  if (!acceptsChildren(run, scope)) return;
  for (const flow of flows) takeFlow(run, row, flow, scope);
  const targets = new Set(flows.map((flow) => flow.target!));
  for (const target of targets)
    if (target.type === 'INCLUSIVE_GATEWAY' && joins(target)) joinTokens(run, target, scope);
}

const joins = ({ type, incoming }: ExecutableElement) =>
  incoming.length > 1 && (type === 'PARALLEL_GATEWAY' || type === 'INCLUSIVE_GATEWAY');

/** A token leaves an element by a sequence flow. */
function takeFlow(run: Run, row: ElementInstanceRow, flow: ExecutableElement, scope: InstanceRow): void {
  const target = flow.target!;
  if (joins(target)) {
    run.emit('element.changed', scope, { children: scope.children + 1 });
    const { processInstanceKey } = row;
    const token = { key: run.keys.next(), processInstanceKey, scopeKey: scope.key };
    run.emit('token.waiting', { ...token, gatewayRef: target.ref, flowRef: flow.ref, waiting: 1 });
    if (target.type === 'PARALLEL_GATEWAY') joinTokens(run, target, scope);
    return;
  }
  run.activate(target, scope, { flowRef: flow.ref });
}

/** A parallel gateway opens when each of its incoming flows holds a token. */
function joinTokens(run: Run, gateway: ExecutableElement, scope: InstanceRow): void {
  const waiting = run.state.queries.waitingTokens(scope.key, gateway.ref);
  const first = new Map(waiting.toReversed().map((token) => [token.flowRef, token]));
  if (gateway.type === 'PARALLEL_GATEWAY' && first.size < gateway.incoming.length) return;
  if (gateway.type === 'INCLUSIVE_GATEWAY' && mayStillArrive(run, gateway, scope, first)) return;
  for (const token of first.values()) run.emit('token.taken', token, { waiting: 0 });
  run.emit('element.changed', scope, { children: scope.children - first.size });
  run.activate(gateway, scope);
}

/** Where a token has gone another way, an inclusive gateway may have nothing left to wait for. */
function joinWhereStirred(run: Run): void {
  const scopes = [...run.stirred];
  run.stirred.clear();
  for (const scope of scopes) {
    if (!acceptsChildren(run, scope)) continue;
    const gateways = new Set(run.state.queries.waitingTokensOfScope(scope.key).map(({ gatewayRef }) => gatewayRef));
    for (const ref of gateways) {
      const gateway = run.state.definitions.element(ref);
      if (gateway.type === 'INCLUSIVE_GATEWAY') joinTokens(run, gateway, scope);
    }
  }
}

/** A child has completed (given) or is gone otherwise; a scope without children comes to its own end. */
export function childEnded(run: Run, scope: InstanceRow, completed?: ElementInstanceRow): void {
  run.emit('element.changed', scope, { children: scope.children - 1 });
  const element = run.element(scope);
  if (scope.children > 0 && element.process.joinsInclusively) run.stirred.add(scope);
  const isBody = !isProcessInstance(scope) && scope.isBody === 1;
  if (scope.phase === phase.terminating) {
    if (scope.children === 0) terminated(run, scope);
    return;
  }
  if (scope.data?.interrupt) {
    goOnInterrupted(run, scope, scope.data.interrupt);
    return;
  }
  const behavior = behaviorOf(scope, element);
  if (behavior.childEnded) behavior.childEnded(run, scope as ElementInstanceRow, element, completed);
  else if (scope.children === 0 && !isBody) run.complete(scope);
}

/** When the rest of the scope is gone its event sub-process begins; a boundary event waits for the end of the scope. */
function goOnInterrupted(run: Run, scope: InstanceRow, { elementRef, variables }: PendingEvent): void {
  const start = run.state.definitions.element(elementRef);
  if (start.type === 'BOUNDARY_EVENT' || scope.children > 0) return;
  run.emit('element.changed', scope, { data: { ...scope.data, interrupt: undefined, interruptedBy: elementRef } });
  run.activate(start.parent!, scope, { event: variables });
}

function terminate(run: Run, row: InstanceRow, manner: Manner): void {
  if (row.phase >= phase.completed) return;
  if (row.phase !== phase.terminating) {
    run.emit('element.terminating', row, { phase: phase.terminating });
    closeSubscriptions(run, row);
    resolveIncidentsOf(run, row);
    if (run.element(row).process.compensates) forgetCompensationIn(run, row.key);
    const behavior = behaviorOf(row, run.element(row));
    if (behavior.terminate?.(run, row as ElementInstanceRow, run.element(row), manner) === 'wait') return;
    cancelJob(run, row);
    terminateChildren(run, row, manner);
  }
  if (row.children === 0 && !isHeldByListeners(run, row)) terminated(run, row);
}

/** What a scope around it does meanwhile does not take a task from its canceling listeners. */
function isHeldByListeners(run: Run, { data }: InstanceRow): boolean {
  return data?.userTaskKey !== undefined && run.state.userTasks.get(data.userTaskKey)?.pending?.event === 'CANCELING';
}

/** What waited for the end of this instance goes on: the boundary event that ended it, its scope. */
export function terminated(run: Run, row: InstanceRow): void {
  if (isProcessInstance(row)) {
    endProcessInstance(run, row, 'TERMINATED');
    return;
  }
  run.emit('element.terminated', row, { phase: phase.terminated, state: 'TERMINATED', endedAt: run.now, jobKey: null });
  if (row.data?.compensation !== undefined) finishCompensation(run, row);
  const scope = run.state.scopeOf(row)!;
  const interrupt = row.data?.interrupt;
  if (interrupt && acceptsChildren(run, scope)) {
    const boundary = run.state.definitions.element(interrupt.elementRef);
    if (boundary.type === 'BOUNDARY_EVENT') enterTriggered(run, boundary, scope, interrupt.variables);
  }
  isLastOfInstance(run, row, run.element(row), scope);
  childEnded(run, scope);
}
