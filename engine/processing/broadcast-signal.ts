import type { JsonObject } from '../json.ts';
import type { SignalSubscriptionRow } from '../state/rows.ts';
import { triggerEvent } from './catch-events.ts';
import { startProcessInstance } from './process-instances.ts';
import type { Run } from './run.ts';

/**
 * Triggers all that waits for the signal now, across processes and instances. What is more than a sweep takes is left
 * to the next sweeps, each subscription a unit of work of its own; what is opened in the meantime hears nothing of it.
 */
export function broadcastSignal(run: Run, name: string, variables: JsonObject): void {
  const most = run.settings.maxSweepRows;
  const untilKey = run.keys.next();
  const waiting = run.state.queries.signalSubscriptions(name, 0, untilKey, most - run.signalsTriggered + 1);
  let afterKey = 0;
  for (const subscription of waiting) {
    if (run.signalsTriggered >= most) {
      run.emit('signal.postponed', { key: untilKey, name, variables, afterKey, untilKey });
      return;
    }
    run.signalsTriggered++;
    trigger(run, subscription, variables);
    afterKey = subscription.key;
  }
}

/** @returns the next subscription that a postponed signal has not reached; its place is written first. */
export function deliverPostponedSignal(run: Run, key: number): 'more' | 'done' {
  const signal = run.state.signals.get(key);
  if (!signal) return 'done';
  const { name, variables, afterKey, untilKey } = signal;
  const [next] = run.state.queries.signalSubscriptions(name, afterKey, untilKey, 1);
  if (!next) {
    run.emit('signal.delivered', signal);
    return 'done';
  }
  run.emit('signal.changed', signal, { afterKey: next.key });
  // what it throws in turn waits for a sweep too: processes that start each other for ever leave room for others
  run.signalsTriggered = run.settings.maxSweepRows;
  trigger(run, next, variables);
  return 'more';
}

/** One that can't be triggered is passed over. */
export function skipPostponedSignal(run: Run, key: number): void {
  const signal = run.state.signals.get(key)!;
  const [next] = run.state.queries.signalSubscriptions(signal.name, signal.afterKey, signal.untilKey, 1);
  if (next) run.emit('signal.changed', signal, { afterKey: next.key });
}

function trigger(run: Run, subscription: SignalSubscriptionRow, variables: JsonObject): void {
  const element = run.state.definitions.element(subscription.elementRef);
  if (subscription.elementInstanceKey === null) {
    startProcessInstance(run, element.process, { start: { element, variables } });
    return;
  }
  const holder = run.state.instance(subscription.elementInstanceKey, subscription.processInstanceKey!);
  if (holder) triggerEvent(run, holder, element, variables);
}
