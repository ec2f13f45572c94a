import { SYSTEM } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { openCompletionLimit } from '../deadline/open-limits.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { workingDaysBefore } from '../deadline/working-time.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext, JobStep } from '../ports/job-step.ts';
import type { TaskAnswer } from '../task/task.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { assignmentNoOf } from '../ticket/ticket-number.ts';
import { type Assignment, newAssignment } from './assignment.ts';
import { loadAssignment } from './load-assignment.ts';

interface CoHost {
  assignmentNo: string;
  unitGroup: string;
  leaderGroup: string;
  dueAt: string | null;
}
const DECISIONS = ['review-and-dispatch', 'determine-host', 'order-rework', 'leader-decision'];
/** A co-host is done one working day before its host [D]. */
const WORKING_DAYS_BEFORE_HOST = 1;

/** Who was named: by the host in this round, or else by whoever opened the round. */
function namingOf(
  answers: readonly TaskAnswer[],
  host: Assignment,
): { units: string[]; at: number; instruction: string | null } {
  const valid = answers.filter(({ state }) => state !== 'SUPERSEDED').toSorted((a, b) => a.at - b.at);
  const naming =
    valid.findLast(({ formId, at }) => formId === 'name-host-and-co-hosts' && at >= host.dispatchedAt) ??
    valid.findLast(({ formId, at }) => formId !== null && DECISIONS.includes(formId) && at <= host.dispatchedAt);
  const said = naming?.answers ?? {};
  const units = Array.isArray(said['coHostUnitCodes']) ? said['coHostUnitCodes'].map(String) : [];
  const instruction = said['coHostInstruction'];
  return { units, at: naming?.at ?? 0, instruction: typeof instruction === 'string' ? instruction : host.instruction };
}

/** Opens an assignment for each co-host [S15(3)]; when the work comes back a second time, those who have done theirs are left in peace. */
export const createCoAssignments: JobStep<{ ticketNo: string; assignmentNo: string }, { coHosts: CoHost[] }> = async (
  context,
  { ticketNo, assignmentNo },
) => {
  const { stores } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const host = await loadAssignment(stores, assignmentNo);
  const naming = namingOf(await stores.taskAnswers.ofTicket(ticketNo), host);
  const all = await stores.assignments.ofTicket(ticketNo);
  const coHosts: CoHost[] = [];
  let ordinal = all.length;
  for (const unitCode of new Set(naming.units)) {
    if (unitCode === host.unitCode) continue;
    const earlier = all.findLast((one) => one.hostAssignmentNo === assignmentNo && one.unitCode === unitCode);
    if (earlier && earlier.dispatchedAt >= naming.at) {
      if (earlier.status === 'DISPATCHED' || earlier.status === 'SIGNED')
        coHosts.push(await asCoHost(context, earlier));
      continue;
    }
    ordinal += 1;
    const made = newAssignment({
      assignmentNo: assignmentNoOf(ticketNo, ordinal),
      ticketNo,
      unitCode,
      role: 'CO_HOST',
      round: host.round,
      isRework: host.isRework,
      hostAssignmentNo: assignmentNo,
      dispatchedAt: context.now,
      dispatchedBy: host.dispatchedBy,
      instruction: naming.instruction,
    });
    await open(context, ticket, made, host);
    coHosts.push(await asCoHost(context, made));
  }
  return { coHosts };
};

async function open(context: JobContext, ticket: Ticket, made: Assignment, host: Assignment): Promise<void> {
  const { stores, now } = context;
  const { ticketNo, assignmentNo, unitCode } = made;
  await stores.assignments.insert(made);
  const hostLimit = await openCompletionLimit(stores, host.assignmentNo);
  const earlier =
    hostLimit?.dueAt == null
      ? null
      : workingDaysBefore(hostLimit.dueAt, WORKING_DAYS_BEFORE_HOST, await stores.calendar.load());
  // A host that is itself due today leaves nobody a day: then both are due together.
  const at = earlier !== null && earlier > now ? earlier : (hostLimit?.dueAt ?? null);
  await startLimit(context, SYSTEM, {
    ticketNo,
    assignmentNo,
    ownerNo: assignmentNo,
    step: 'COMPLETE',
    limitClass: ticket.limitClass ?? ticket.requestType,
    startAt: now,
    ...(at === null ? {} : { dueAt: { at, reason: 'CO_HOST' } }),
  });
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'assignmentDispatched',
    data: { unitCode, role: 'CO_HOST', round: made.round, reason: 'DISPATCH' },
  });
}

async function asCoHost({ stores }: JobContext, { assignmentNo, unitCode }: Assignment): Promise<CoHost> {
  const limit = await openCompletionLimit(stores, assignmentNo);
  return {
    assignmentNo,
    unitGroup: unitGroup(unitCode),
    leaderGroup: leaderGroup(unitCode),
    dueAt: limit?.dueAt == null ? null : isoAt(limit.dueAt),
  };
}
