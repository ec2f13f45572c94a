import type { Assignment } from '../assignment/assignment.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/shanghai-time.ts';
import { type Alarm, alarmsOf } from '../deadline/alarms.ts';
import { type DeadlinePolicy, deadlinePolicyOf } from '../deadline/deadline-policy.ts';
import type { Limit } from '../deadline/limit.ts';
import { isOpen } from '../deadline/open-limits.ts';
import { calendarsOf, readLedger } from '../deadline/read-ledger.ts';
import { addLimit } from '../deadline/working-time.ts';
import { NotFound } from '../errors/not-found.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { Task } from '../task/task.ts';

/** One thing that the watch of an assignment has to do, and when. */
export type WatchItem =
  | { kind: 'ALARM'; at: number; limit: Limit; alarm: Alarm }
  | { kind: 'AUTO_SIGN'; at: number; task: Task | null }
  | { kind: 'HAND_OVER'; at: number; limit: Limit }
  | { kind: 'SUSPENSION_PROGRESS'; at: number; limit: Limit }
  | { kind: 'SUSPENSION_END'; at: number; limit: Limit };

export interface Watch {
  assignment: Assignment;
  /** Soonest first. */
  items: WatchItem[];
}

/** Something that cannot be done just now (a task that is being completed) is looked at again after a while. */
const LOOK_AGAIN_MS = 15 * MINUTE_MS;

/** Everything still to be done for an assignment, read from its ledgers: the same for planning and for acting. */
export async function watchOf(context: JobContext, assignmentNo: string): Promise<Watch> {
  const { stores } = context;
  const assignment = await stores.assignments.find(assignmentNo);
  if (!assignment) throw new NotFound('assignment', assignmentNo);
  const policy = await deadlinePolicyOf(stores);
  const limits = (await stores.limits.ofAssignment(assignmentNo)).filter(isOpen);
  const calendars = calendarsOf(stores);
  const items: WatchItem[] = [];
  for (const limit of limits) {
    const ledger = await readLedger(stores, limit.limitId, calendars);
    for (const alarm of alarmsOf(limit, ledger, policy)) {
      if (!alarm.fired) items.push({ kind: 'ALARM', at: alarm.at, limit, alarm });
    }
    // An order's limit notes in `orderedAt` that the process has been given the order.
    if (limit.step === 'SUPERVISION_REPLY' && limit.orderedAt === null) {
      items.push({ kind: 'HAND_OVER', at: limit.startAt, limit });
    }
    if (limit.step === 'SIGN') items.push(await autoSign(context, assignment, policy));
    if (limit.step === 'COMPLETE' && limit.pausedAt !== null) {
      items.push(...(await suspensionItems(context, limit, limit.pausedAt, policy)));
    }
  }
  return { assignment, items: items.sort((a, b) => a.at - b.at) };
}

/** Not signed within so many working days of dispatch: signed by the system and locked (domain.md §1). */
async function autoSign(
  { stores, now }: JobContext,
  assignment: Assignment,
  policy: DeadlinePolicy,
): Promise<WatchItem & { kind: 'AUTO_SIGN' }> {
  const calendar = await stores.calendar.load();
  const at = addLimit(assignment.dispatchedAt, policy.autoSignWorkingDays, 'WORKING_DAYS', calendar);
  const open = await stores.tasks.openOfTicket(assignment.ticketNo);
  const task = open.find((one) => one.formId === 'sign-assignment' && one.assignmentNo === assignment.assignmentNo);
  const answered = task ? await stores.taskAnswers.liveOfTask(task.taskKey) : undefined;
  if (task && !answered && assignment.status === 'DISPATCHED') return { kind: 'AUTO_SIGN', at, task };
  return { kind: 'AUTO_SIGN', at: Math.max(at, now + LOOK_AGAIN_MS), task: null };
}

/** A suspension is a promise with a date: progress is asked for on the way, and on its date the clock runs on. */
async function suspensionItems(
  { stores }: JobContext,
  limit: Limit,
  pausedAt: number,
  { suspensionProgressDays }: DeadlinePolicy,
): Promise<WatchItem[]> {
  const requests = await stores.deadlineRequests.ofTicket(limit.ticketNo);
  const granted = requests.findLast(
    ({ kind, status, assignmentNo }) =>
      kind === 'SUSPENSION' && status === 'APPROVED' && assignmentNo === limit.assignmentNo,
  );
  if (granted?.untilAt == null) return [];
  const periodMs = suspensionProgressDays * DAY_MS;
  const events = await stores.events.ofTicket(limit.ticketNo);
  const asked = events.filter(
    ({ type, assignmentNo, at }) =>
      type === 'suspensionProgressDue' && assignmentNo === limit.assignmentNo && at >= pausedAt,
  );
  const lastAt = asked.at(-1)?.at ?? pausedAt;
  const progressAt = pausedAt + (Math.floor((lastAt - pausedAt) / periodMs) + 1) * periodMs;
  const items: WatchItem[] = [{ kind: 'SUSPENSION_END', at: granted.untilAt, limit }];
  if (progressAt < granted.untilAt) items.push({ kind: 'SUSPENSION_PROGRESS', at: progressAt, limit });
  return items;
}
