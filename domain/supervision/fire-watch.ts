import { SYSTEM } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { ALARM_FLAGS, type AlarmKind } from '../deadline/alarms.ts';
import type { Limit } from '../deadline/limit.ts';
import { resumeLimit } from '../deadline/resume-suspension.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext, JobStep } from '../ports/job-step.ts';
import { autoSign } from './auto-sign.ts';
import { hasOpenOrder, issueOrder } from './issue-order.ts';
import { raiseSupervision } from './supervision-level.ts';
import { type WatchItem, watchOf } from './watch-items.ts';

interface In {
  ticketNo: string;
  assignmentNo: string;
}
type Fired = 'NOTHING' | 'REMINDER' | 'URGE' | 'AUTO_SIGN' | 'ORDER';
interface Out extends Record<string, unknown> {
  /** The gravest of what was done. */
  fired: Fired;
  supervisionNo: string | null;
  replyDueAt: string | null;
}

const GRAVITY: readonly Fired[] = ['NOTHING', 'REMINDER', 'URGE', 'AUTO_SIGN', 'ORDER'];
const ALARM_ORDER: readonly AlarmKind[] = ['HALF', 'EIGHTY', 'DUE', 'ORDER'];

/**
 * Does what is due now for an assignment, whatever the alarm was set for: the alarm may be old. Of several alarms of one limit
 * only the gravest is told; all are marked, so that each fires once for the due time in force.
 */
export const fireWatch: JobStep<In, Out> = async (context, { assignmentNo }) => {
  const { stores, now } = context;
  const { assignment, items } = await watchOf(context, assignmentNo);
  const due = items.filter((item) => item.at <= now);
  const fired: Fired[] = ['NOTHING'];
  for (const item of due) {
    if (item.kind === 'AUTO_SIGN' && item.task) fired.push(await autoSign(context, assignment, item.task));
    if (item.kind === 'SUSPENSION_END') {
      await resumeLimit(context, SYSTEM, item.limit, 'SUSPENSION_OVER');
      fired.push('REMINDER');
    }
    if (item.kind === 'SUSPENSION_PROGRESS') fired.push(await askForProgress(context, assignment, item.limit));
  }
  for (const [limit, kinds] of byLimit(due)) fired.push(await soundAlarms(context, assignment, limit, kinds));
  // One order at a time: the process answers it before it is given the next.
  const waiting = (await stores.limits.ofAssignment(assignmentNo)).find(
    (limit) =>
      limit.step === 'SUPERVISION_REPLY' && limit.orderedAt === null && !limit.doneAt && limit.cancelledAt === null,
  );
  if (!waiting) {
    const gravest = fired.reduce((a, b) => (GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a));
    return { fired: gravest, supervisionNo: null, replyDueAt: null };
  }
  await stores.limits.update(waiting.limitId, { orderedAt: now });
  return {
    fired: 'ORDER',
    supervisionNo: waiting.limitId.split(':')[0] ?? null,
    replyDueAt: waiting.dueAt === null ? null : isoAt(waiting.dueAt),
  };
};

function byLimit(due: readonly WatchItem[]): Map<Limit, AlarmKind[]> {
  const kinds = new Map<Limit, AlarmKind[]>();
  for (const item of due) {
    if (item.kind === 'ALARM') kinds.set(item.limit, [...(kinds.get(item.limit) ?? []), item.alarm.kind]);
  }
  return kinds;
}

async function soundAlarms(
  context: JobContext,
  assignment: Assignment,
  limit: Limit,
  kinds: readonly AlarmKind[],
): Promise<Fired> {
  const { stores, now } = context;
  // An assignment signed a moment ago in this very step has no signing left to be reminded of.
  const current = await stores.limits.find(limit.limitId);
  if (!current || current.doneAt !== null) return 'NOTHING';
  await stores.limits.update(limit.limitId, Object.fromEntries(kinds.map((kind) => [ALARM_FLAGS[kind], now])));
  const gravest = ALARM_ORDER.findLast((kind) => kinds.includes(kind));
  if (gravest === 'ORDER') {
    if (!(await hasOpenOrder(context, assignment))) await issueOrder(context, SYSTEM, assignment, 'OVERDUE');
    return 'URGE';
  }
  if (gravest === 'DUE') {
    await raiseSupervision(stores, limit.ticketNo, 1);
    await tellUnit(context, assignment, limit, 'unitUrged', [leaderGroup(assignment.unitCode)]);
    return 'URGE';
  }
  await tellUnit(context, assignment, limit, 'unitReminded', []);
  return 'REMINDER';
}

async function askForProgress(context: JobContext, assignment: Assignment, limit: Limit): Promise<Fired> {
  await tellUnit(context, assignment, limit, 'suspensionProgressDue', [leaderGroup(assignment.unitCode)]);
  return 'REMINDER';
}

async function tellUnit(
  context: JobContext,
  { assignmentNo, unitCode }: Assignment,
  limit: Limit,
  type: string,
  alsoTo: readonly string[],
): Promise<void> {
  const { ticketNo, step, dueAt } = limit;
  const data = { assignmentNo, unitCode, step, dueAt };
  await recordEvent(context.stores, context.now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type,
    visibility: 'ASSIGNMENT',
    data,
  });
  for (const group of [unitGroup(unitCode), ...alsoTo]) await notifyGroup(context, group, { ticketNo, type, data });
}
