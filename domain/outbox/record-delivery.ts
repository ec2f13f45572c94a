import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { supersedeAnswer } from '../task/supersede-answer.ts';
import type { Delivery } from './deliver-message.ts';
import type { OutboxRow } from './outbox-row.ts';
import { nextAttemptAt } from './outbox-policy.ts';

/** Writes what became of a claimed row. */
export async function recordDelivery(app: App, row: OutboxRow, delivery: Delivery): Promise<void> {
  const realNow = app.realClock.now();
  if (delivery === 'NOT_YET') {
    return app.stores.outbox.retryLater(
      row.outboxId,
      nextAttemptAt(row.attempts, realNow),
      'the task is in transition',
    );
  }
  if (delivery === 'DELIVERED' || row.message.kind !== 'COMPLETE_TASK') {
    return app.stores.outbox.markSent(row.outboxId, realNow);
  }
  const { taskKey, answerId } = row.message;
  await app.transaction(async (stores) => {
    await settleGoneTask(stores, app.clock.now(), taskKey, answerId);
    await stores.outbox.markSent(row.outboxId, realNow);
  });
}

/**
 * The task is gone from the engine. When our own `completing` was seen, an earlier try has completed it; else something
 * else was first, and the answer's author is told.
 */
async function settleGoneTask(stores: Stores, now: number, taskKey: string, answerId: string) {
  const answer = await stores.taskAnswers.find(answerId);
  if (answer?.state === 'ACCEPTED') return;
  const task = await stores.tasks.find(taskKey);
  if (!task) return;
  if (answer?.state === 'SENT') await supersedeAnswer(stores, now, task);
  if (task.state === 'COMPLETED' || task.state === 'CANCELED') return;
  await stores.tasks.update(taskKey, { state: 'CANCELED' });
  await stores.changes.append({
    kind: 'TASK',
    subject: taskKey,
    groups: task.candidateGroups,
    accountId: task.assignee,
  });
}
