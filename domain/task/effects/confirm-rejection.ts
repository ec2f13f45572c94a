import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import type { TaskEffect } from '../task-effect.ts';
import { checkRejection, rejectTicket } from './rejection.ts';

/** 审核不予受理 */
export const confirmRejection: TaskEffect = {
  /** What the reviewer leaves as it is stays as the agent wrote it. */
  defaults({ ticket: { rejectReason, rejectText, rejectChannelTold } }) {
    return { rejectReason, rejectText, rejectChannelTold };
  },
  check(checks, answers, { ticket }) {
    const decision = checks.option('rejectionDecision', answers['rejectionDecision'], ['CONFIRM', 'OVERTURN'], true);
    if (decision === 'CONFIRM') checkRejection(checks, answers, ticket);
  },
  async apply(context, answers) {
    if (answers['rejectionDecision'] === 'CONFIRM') return rejectTicket(context, answers);
    const { stores, now, actor, ticket } = context;
    // The refusal is off: what the agent wrote for it must not be shown to the citizen as the city's answer.
    const cleared = {
      intakeOutcome: 'FORWARD',
      rejectReason: null,
      rejectText: null,
      rejectChannelTold: null,
    } as const;
    const moved = await moveTicket(stores, ticket, 'overturnRejection', cleared);
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      type: 'rejectionOverturned',
      fromStatus: ticket.status,
      toStatus: moved.status,
      data: { rejectReason: ticket.rejectReason },
    });
  },
};
