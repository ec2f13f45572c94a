import type { Actor } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { NewLimitFact } from '../ports/stores.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { rearmed } from './alarms.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import type { Limit } from './limit.ts';
import { calendarVersionOf } from './limit-ledger.ts';
import { readLedger } from './read-ledger.ts';

/** A message for a watch that is busy just now must outlive its turn (processes.md, fact 3). */
const DEADLINE_ADJUSTED_TTL_MS = 60 * 60 * 1000;

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
  await tellTheEngine(context, armed, factId);
  return armed;
}

async function tellTheEngine({ stores, realNow }: JobContext, limit: Limit, factId: number): Promise<void> {
  for (const task of await stores.tasks.openWithLimit(limit.limitId)) {
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
  if (limit.assignmentNo === null) return;
  await stores.outbox.add(
    limit.ticketNo,
    {
      kind: 'PUBLISH_MESSAGE',
      name: 'deadline-adjusted',
      correlationKey: limit.assignmentNo,
      messageId: `deadline-adjusted:${factId}`,
      timeToLiveMs: DEADLINE_ADJUSTED_TTL_MS,
      variables: {},
    },
    realNow,
  );
}
