import { CommandRejection } from '../../command-rejection.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import type { ProcessInstanceRow } from '../../state/rows.ts';
import { compensationEventOf } from '../compensation.ts';
import type { Run } from '../run.ts';
import type { MigrationMapping } from './migration-mapping.ts';

/** What has completed can still be undone after a migration where its compensation boundary event is mapped. */
export function migrateCompensation(run: Run, instance: ProcessInstanceRow, mapping: MigrationMapping): void {
  const subscriptions = run.state.queries.compensationsOf(instance.key);
  const activities = new Map<ExecutableElement, ExecutableElement>();
  for (const { activityRef } of subscriptions) {
    const source = run.state.definitions.element(activityRef);
    const from = compensationEventOf(source);
    const to = from && mapping.of(from);
    if (to) mapWithScopes(source, hostOf(to, from, source), activities);
  }
  for (const subscription of subscriptions) {
    const target = activities.get(run.state.definitions.element(subscription.activityRef));
    if (!target) run.emit('compensation.ended', subscription);
    else {
      const handlerRef =
        subscription.handlerRef === null
          ? null
          : (compensationEventOf(target)?.handler?.ref ?? subscription.handlerRef);
      run.emit('compensation.changed', subscription, { activityRef: target.ref, handlerRef });
    }
  }
}

function hostOf(to: ExecutableElement, from: ExecutableElement, { process }: ExecutableElement): ExecutableElement {
  if (to.event?.kind === 'compensation' && to.attachedTo) return to.attachedTo;
  throw new CommandRejection(
    'INVALID_ARGUMENT',
    `Expected to migrate process instance with id '${process.processId}' but compensation boundary event '${from.id}' ` +
      `is mapped to a target boundary event '${to.id}' that has event type '${to.event?.kind.toUpperCase()}' ` +
      'different than compensation boundary event type.',
  );
}

/** An activity and the scopes around it, which must be as deep in both processes. */
function mapWithScopes(
  source: ExecutableElement,
  target: ExecutableElement,
  into: Map<ExecutableElement, ExecutableElement>,
): void {
  let [from, to]: (ExecutableElement | undefined)[] = [source, target];
  while (from?.parent && to?.parent) {
    into.set(from, to);
    [from, to] = [from.parent, to.parent];
  }
  if (!from?.parent && !to?.parent) return;
  throw new CommandRejection(
    'INVALID_STATE',
    `Expected to migrate process instance with id '${source.process.processId}' ` +
      `but the flow scope of compensation boundary event is changed. Flow scope '${from?.id}' is not in the same level ` +
      `as '${to?.id}'. The flow scope of a compensation boundary event cannot be changed during migration yet.`,
  );
}
