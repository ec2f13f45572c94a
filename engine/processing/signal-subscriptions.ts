import type { ExecutableElement } from '../model/executable-process.ts';
import type { InstanceRow } from '../state/rows.ts';
import type { Run } from './run.ts';

/** @param row what waits; none for a signal start event of the process */
export function openSignalSubscription(
  run: Run,
  row: InstanceRow | undefined,
  catching: ExecutableElement,
  signalName: string,
): void {
  run.emit('signal-subscription.opened', {
    key: run.keys.next(),
    signalName,
    processDefinitionKey: catching.process.key,
    processInstanceKey: row?.processInstanceKey ?? null,
    elementInstanceKey: row?.key ?? null,
    elementRef: catching.ref,
  });
}

/** Closes what the instance waits for with those of its catching elements. */
export function closeSignalSubscriptions(run: Run, row: InstanceRow, closes: (elementRef: number) => boolean): void {
  if (!run.element(row).process.catchesSignals) return;
  for (const subscription of run.state.queries.signalSubscriptionsOf(row.key)) {
    if (closes(subscription.elementRef)) run.emit('signal-subscription.closed', subscription);
  }
}

export function closeSignalStarts(run: Run, processDefinitionKey: number): void {
  for (const subscription of run.state.queries.startSignalsOf(processDefinitionKey)) {
    run.emit('signal-subscription.closed', subscription);
  }
}
