import { SYSTEM } from '../account/actor.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { REWORK_CLASS } from '../deadline/limit-rule.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import type { TaskAnswer } from '../task/task.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { priorityOf, type ProcessFacts, processFacts } from '../ticket/process-facts.ts';
import { assignmentNoOf } from '../ticket/ticket-number.ts';
import type { TicketAct } from '../ticket/ticket-transitions.ts';
import { type Assignment, newAssignment } from './assignment.ts';
import { mayReturn } from './first-handler-duty.ts';

export type AssignmentReason = 'DISPATCH' | 'DETERMINED' | 'REWORK';

const DECISION_FORMS: Record<AssignmentReason, string[]> = {
  DISPATCH: ['review-and-dispatch'],
  DETERMINED: ['determine-host'],
  REWORK: ['order-rework', 'leader-decision'],
};
const ACTS: Record<AssignmentReason, TicketAct> = {
  DISPATCH: 'dispatch',
  DETERMINED: 'dispatch',
  REWORK: 'startRework',
};

/** Who decided, and what they asked of the unit. */
function decisionOf(
  answers: readonly TaskAnswer[],
  reason: AssignmentReason,
): { by: string; instruction: string | null } {
  const decision = answers
    .filter(({ formId, state }) => formId !== null && state !== 'SUPERSEDED' && DECISION_FORMS[reason].includes(formId))
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  const said = decision?.answers ?? {};
  const instruction =
    said['instruction'] ?? said['reworkInstruction'] ?? said['leaderOutcomeNote'] ?? said['determinationBasis'];
  return {
    by: decision?.actorId ?? SYSTEM.accountId,
    instruction: typeof instruction === 'string' ? instruction : null,
  };
}

/** Opens a round: the host's assignment with its clocks for signing, first contact and completion. */
export const createAssignment: JobStep<
  { ticketNo: string; assignmentReason: AssignmentReason },
  {
    assignmentNo: string;
    unitGroup: string;
    leaderGroup: string;
    signDueAt: string | null;
    contactDueAt: string | null;
    completeDueAt: string | null;
    returnAllowed: boolean;
    isRework: boolean;
    priority: number;
    facts: ProcessFacts;
  }
> = async (context, { ticketNo, assignmentReason }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  if (ticket.hostUnitCode === null) throw new Error(`${ticketNo} has no host: nobody has dispatched it`);
  const earlier = await stores.assignments.ofTicket(ticketNo);
  const answers = await stores.taskAnswers.ofTicket(ticketNo);
  const decision = decisionOf(answers, assignmentReason);
  const isRework = assignmentReason === 'REWORK';
  const assignment: Assignment = newAssignment({
    assignmentNo: assignmentNoOf(ticketNo, earlier.length + 1),
    ticketNo,
    unitCode: ticket.hostUnitCode,
    role: 'HOST',
    round: Math.max(0, ...earlier.map(({ round }) => round)) + 1,
    dispatchedAt: now,
    dispatchedBy: decision.by,
    isRework,
    instruction: decision.instruction,
  });
  await stores.assignments.insert(assignment);
  const moved = await moveTicket(stores, ticket, ACTS[assignmentReason]);
  const { assignmentNo, unitCode } = assignment;
  const limitClass = isRework ? REWORK_CLASS : (moved.limitClass ?? moved.requestType);
  const start = async (step: 'SIGN' | 'FIRST_CONTACT' | 'COMPLETE'): Promise<string | null> => {
    const { dueAt } = await startLimit(context, SYSTEM, {
      ticketNo,
      assignmentNo,
      ownerNo: assignmentNo,
      step,
      limitClass,
      startAt: now,
    });
    return dueAt === null ? null : isoAt(dueAt);
  };
  const dueTimes = {
    signDueAt: await start('SIGN'),
    contactDueAt: await start('FIRST_CONTACT'),
    completeDueAt: await start('COMPLETE'),
  };
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'assignmentDispatched',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { unitCode, role: 'HOST', round: assignment.round, reason: assignmentReason },
  });
  return {
    assignmentNo,
    unitGroup: `unit-${unitCode}`,
    leaderGroup: `unit-${unitCode}-leader`,
    ...dueTimes,
    returnAllowed: mayReturn(assignment, earlier, answers),
    isRework,
    priority: priorityOf(moved.urgency),
    facts: processFacts(moved, await stores.callers.find(ticketNo)),
  };
};
