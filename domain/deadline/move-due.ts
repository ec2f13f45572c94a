import type { Actor } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { NewLimitFact, Stores } from '../ports/stores.ts';
import type { Task } from '../task/task.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { rearmed } from './alarms.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import type { Limit } from './limit.ts';
import { firstLimitId } from './limit-id.ts';
import { calendarVersionOf } from './limit-ledger.ts';
import { readLedger } from './read-ledger.ts';
import { tellWatch } from './tell-watch.ts';

type WithoutBase<T> = T extends unknown ? Omit<T, 'limitId' | 'at' | 'actorId'> : never;
/** A fact that may move a due time, without what moveDue adds itself. */
export type DueFact = Exclude<WithoutBase<NewLimitFact>, { kind: 'STARTED' | 'DONE' | 'CANCELLED' }>;

const EVENT_TYPES: Record<DueFact['kind'], string> = {
  ADJUSTED: 'deadlineAdjusted',
  EXTENDED: 'deadlineExtended',
  PAUSED: 'deadlinePaused',
  RESUMED: 'deadlineResumed',
  CALENDAR_CHANGED: 'deadlineRecalculated',
};

/**
 * The one way in which a due time moves: fact, new reading, event, due date of every open task that shows it, and a message
 * to the watch of the assignment. Alarms that lie ahead of the new due time are armed again.
 * @returns the limit as it now is
 */
export async function moveDue(context: JobContext, actor: Actor, limit: Limit, fact: DueFact): Promise<Limit> {
  const { stores, now } = context;
  const before = await stores.limits.facts(limit.limitId);
  const newest = await stores.calendar.load();
  const base = { limitId: limit.limitId, at: now, actorId: actor.accountId };
  // A pause is measured in the calendar of its end: a ledger that reads an older one is brought up to date first.
  if (!('calendarVersion' in fact) && calendarVersionOf(before) < newest.version) {
    await stores.limits.appendFact({
      ...base,
      kind: 'CALENDAR_CHANGED',
      calendarVersion: newest.version,
      reason: null,
    });
  }
  const { factId } = await stores.limits.appendFact({ ...base, ...fact });
  const ledger = await readLedger(stores, limit.limitId);
  const { dueAt, pausedAt } = ledger.reading;
  const moved: Limit = { ...limit, dueAt, pausedAt };
  const armed = { ...moved, ...rearmed(moved, ledger, await deadlinePolicyOf(stores), now) };
  const { remindedHalfAt, reminded80At, urgedAt, orderedAt } = armed;
  await stores.limits.update(limit.limitId, { dueAt, pausedAt, remindedHalfAt, reminded80At, urgedAt, orderedAt });
  await recordEvent(stores, now, actor, {
    ticketNo: limit.ticketNo,
    assignmentNo: limit.assignmentNo,
    type: EVENT_TYPES[fact.kind],
    reason: fact.reason,
    data: { limitId: limit.limitId, step: limit.step, fromDueAt: limit.dueAt, toDueAt: dueAt },
  });
  await lowerSupervision(stores, limit, armed);
  await showOnTasks(context, armed);
  await tellWatch(context, armed, factId);
  return armed;
}

async function showOnTasks({ stores, realNow }: JobContext, limit: Limit): Promise<void> {
  for (const task of await tasksShowing(stores, limit)) {
    // An empty due date clears it (processes.md 7): a paused limit has none.
    const dueDate = limit.dueAt === null ? '' : isoAt(limit.dueAt);
    await stores.outbox.add(
      limit.ticketNo,
      { kind: 'UPDATE_TASK', taskKey: task.taskKey, changeset: { dueDate } },
      realNow,
    );
    await stores.tasks.update(task.taskKey, { dueAt: limit.dueAt });
    await stores.changes.append({
      kind: 'TASK',
      subject: task.taskKey,
      groups: task.candidateGroups,
      accountId: task.assignee,
    });
  }
}

/** A process writes the first id of a limit into its tasks, also when the limit has been opened again since. */
async function tasksShowing(stores: Stores, { limitId }: Limit): Promise<Task[]> {
  const tasks = await stores.tasks.openWithLimit(limitId);
  const firstId = firstLimitId(limitId);
  return firstId === limitId ? tasks : [...tasks, ...(await stores.tasks.openWithLimit(firstId))];
}

/** Nothing is overdue any more: the urge that was sent no longer marks the ticket. An order stays until it is verified. */
async function lowerSupervision(stores: Stores, before: Limit, now: Limit): Promise<void> {
  if (before.urgedAt === null || now.urgedAt !== null) return;
  const ticket = await loadTicket(stores, now.ticketNo);
  if (ticket.supervisionLevel === 1) {
    await stores.tickets.update(ticket.ticketNo, ticket.version, { supervisionLevel: 0 });
  }
}
