import { isCandidate, mayDo } from '../access/access.ts';
import type { Actor } from '../account/actor.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { openTask, taskOfAnother } from './complete-task.ts';
import type { Task } from './task.ts';

/**
 * 认领: seen at once here, said to the engine after commit.
 * @throws NotAllowed('taskOfAnother'), NotAllowed('notACandidate'), Conflict, NotFound
 */
export async function claimTask(app: App, actor: Actor, { taskKey }: { taskKey: string }): Promise<Task> {
  return app.transaction(async (stores) => {
    const task = await openTask(stores, actor, taskKey);
    if (task.assignee === actor.accountId) return task;
    if (!isCandidate(actor, task)) throw new NotAllowed('notACandidate', { taskKey });
    if (task.assignee !== null) throw await taskOfAnother(stores, task.assignee);
    return assign(app, stores, actor, task, actor.accountId, 'taskClaimed');
  });
}

/** Back to the group. One's own; or, for those who may assign, anybody's. */
export async function unclaimTask(app: App, actor: Actor, { taskKey }: { taskKey: string }): Promise<Task> {
  return app.transaction(async (stores) => {
    const task = await openTask(stores, actor, taskKey);
    if (task.assignee === null) return task;
    const mayFree = mayDo(actor, 'assignTask') && isCandidate(actor, task);
    if (task.assignee !== actor.accountId && !mayFree) throw await taskOfAnother(stores, task.assignee);
    return assign(app, stores, actor, task, null, 'taskUnclaimed');
  });
}

async function assign(
  app: App,
  stores: Stores,
  actor: Actor,
  task: Task,
  assignee: string | null,
  type: string,
): Promise<Task> {
  const { taskKey, ticketNo, assignmentNo, elementId } = task;
  await stores.tasks.update(taskKey, { assignee });
  await stores.outbox.add(
    ticketNo ?? task.processInstanceKey,
    { kind: 'ASSIGN_TASK', taskKey, assignee },
    app.realClock.now(),
  );
  await stores.changes.append({
    kind: 'TASK',
    subject: taskKey,
    groups: task.candidateGroups,
    accountId: assignee ?? task.assignee,
  });
  if (ticketNo !== null) {
    await recordEvent(stores, app.clock.now(), actor, {
      ticketNo,
      assignmentNo,
      type,
      visibility: assignmentNo === null ? 'CENTRE' : 'ASSIGNMENT',
      data: { taskKey, taskName: task.name, elementId },
    });
  }
  return { ...task, assignee };
}
