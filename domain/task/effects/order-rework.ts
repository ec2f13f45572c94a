import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { assignmentOf, type EffectContext, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** The old round is over; create-assignment opens the next with the instruction. */
async function sendToRework(context: EffectContext, reason: string | null): Promise<Record<string, unknown>> {
  const { stores, now, actor, ticket } = context;
  const { assignmentNo, unitCode } = assignmentOf(context);
  const reworkCount = ticket.reworkCount + 1;
  const moved = await moveTicket(stores, ticket, 'orderRework', { reworkCount, satisfaction: null });
  await stores.assignments.update(assignmentNo, { status: 'CLOSED' });
  await recordEvent(stores, now, actor, {
    ticketNo: ticket.ticketNo,
    assignmentNo,
    type: 'reworkOrdered',
    fromStatus: ticket.status,
    toStatus: moved.status,
    reason,
    data: { unitCode, reworkCount },
  });
  return { reworkCount };
}

/** 下达返工 */
export const orderRework: TaskEffect = {
  check(checks, answers) {
    requireText(checks, answers, 'reworkInstruction');
  },
  apply(context, answers) {
    return sendToRework(context, textOf(answers, 'reworkInstruction'));
  },
};

/** 领导研判 after two reworks that did not help. */
export const leaderDecision: TaskEffect = {
  check(checks, answers) {
    checks.option('leaderOutcome', answers['leaderOutcome'], ['CLOSE', 'REWORK'], true);
    requireText(checks, answers, 'leaderOutcomeNote');
  },
  async apply(context, answers) {
    const reason = textOf(answers, 'leaderOutcomeNote');
    if (answers['leaderOutcome'] === 'REWORK') return sendToRework(context, reason);
    const { stores, now, actor, ticket } = context;
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo: assignmentOf(context).assignmentNo,
      type: 'leaderClosed',
      visibility: 'CENTRE',
      reason,
    });
  },
};
