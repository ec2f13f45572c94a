import type { ExecutableProcess } from '../model/executable-process.ts';
import { Expressions } from './expressions.ts';
import type { Run } from './run.ts';
import { closeSignalStarts, openSignalSubscription } from './signal-subscriptions.ts';
import { dueTimer, openStartTimer } from './timers.ts';

/** The newest version alone is started by timers, messages and signals. */
export function openStartEvents(run: Run, process: ExecutableProcess): void {
  const expressions = new Expressions(run, undefined);
  for (const element of process.root.startEvents) {
    const { timer, message, signal } = element.event!;
    if (timer) openStartTimer(run, element, dueTimer(run, timer, expressions));
    if (signal) openSignalSubscription(run, undefined, element, expressions.string(signal.name));
    if (element.event!.conditional) {
      run.emit('conditional.opened', {
        key: run.keys.next(),
        processDefinitionKey: process.key,
        processInstanceKey: null,
        elementInstanceKey: null,
        elementRef: element.ref,
      });
    }
    if (!message) continue;
    run.emit('subscription.opened', {
      key: run.keys.next(),
      messageName: expressions.string(message.name),
      correlationKey: null,
      processId: process.processId,
      processDefinitionKey: process.key,
      processInstanceKey: null,
      elementInstanceKey: null,
      elementRef: element.ref,
      state: 'CREATED',
      updatedAt: run.now,
    });
  }
}

export function closeStartEvents(run: Run, processDefinitionKey: number): void {
  for (const timer of run.state.queries.startTimersOf(processDefinitionKey)) run.emit('timer.ended', timer);
  for (const subscription of run.state.queries.startSubscriptionsOf(processDefinitionKey)) {
    run.emit('subscription.changed', subscription, { state: 'DELETED', updatedAt: run.now });
  }
  closeSignalStarts(run, processDefinitionKey);
  for (const subscription of run.state.queries.startConditionalsOf(processDefinitionKey)) {
    run.emit('conditional.closed', subscription);
  }
}
