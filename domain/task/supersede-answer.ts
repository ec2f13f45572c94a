import { randomUUID } from 'node:crypto';
import type { Stores } from '../ports/stores.ts';
import type { Task } from './task.ts';

/** The engine had already taken another way: what somebody answered here did not count, and they are told so. */
export async function supersedeAnswer(stores: Stores, now: number, task: Task): Promise<void> {
  const answer = await stores.taskAnswers.liveOfTask(task.taskKey);
  if (!answer) return;
  await stores.taskAnswers.update(answer.answerId, { state: 'SUPERSEDED' });
  await stores.notifications.insert({
    notificationId: randomUUID(),
    ticketNo: task.ticketNo,
    at: now,
    audience: 'ACCOUNT',
    target: answer.actorId,
    channel: 'IN_APP',
    type: 'answerSuperseded',
    data: { taskKey: task.taskKey, taskName: task.name, ticketNo: task.ticketNo },
  });
}
