import type { JsonObject } from '../json.ts';
import type { MessageRow, ProcessInstanceRow, SubscriptionRow } from '../state/rows.ts';
import { startProcessInstance } from './process-instances.ts';
import type { Run } from './run.ts';

interface StartMessage {
  key: number;
  correlationKey: string;
  variables: JsonObject;
}

/** Starts an instance by its message start event and remembers that the message has done so. */
export function startByMessage(run: Run, subscription: SubscriptionRow, message: StartMessage): ProcessInstanceRow {
  const process = run.state.definitions.process(subscription.processDefinitionKey)!;
  const element = run.state.definitions.element(subscription.elementRef);
  const row = startProcessInstance(run, process, { start: { element, variables: message.variables } });
  run.emit('message.correlated', {
    key: run.keys.next(),
    messageKey: message.key,
    messageName: subscription.messageName,
    correlationKey: message.correlationKey,
    processId: process.processId,
    processDefinitionKey: process.key,
    processInstanceKey: row.key,
    elementInstanceKey: null,
    elementRef: element.ref,
    subscriptionKey: subscription.key,
    correlatedAt: run.now,
  });
  if (message.correlationKey !== '') {
    run.emit('element.changed', row, { data: { ...row.data, startLock: true } });
    run.state.startLocks.take(process.processId, message.correlationKey, row.key, subscription.messageName);
  }
  return row;
}

/** An instance that a message started has ended: the next buffered message of its correlation key may start one. */
export function startByBufferedMessage(run: Run, ended: ProcessInstanceRow): void {
  const lock = run.state.startLocks.release(ended.key);
  if (!lock) return;
  const { processId, correlationKey } = lock;
  const latest = run.state.definitions.latestProcess(processId);
  if (!latest) return;
  let first: { subscription: SubscriptionRow; message: MessageRow } | undefined;
  for (const subscription of run.state.queries.startSubscriptionsOf(latest.key)) {
    const buffered = run.state.queries.bufferedMessages(subscription.messageName, correlationKey, run.now);
    const message = buffered.find(({ key }) => !run.state.queries.correlation(key, processId));
    if (message && (!first || message.key < first.message.key)) first = { subscription, message };
  }
  if (!first) return;
  const { key, variables } = first.message;
  startByMessage(run, first.subscription, { key, correlationKey, variables: variables ?? {} });
}
