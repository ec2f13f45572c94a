import { recordEvent } from '../../event/record-event.ts';
import { reopenCompletion } from '../../assignment/reopen-completion.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 质量审核. Passed: submit-assignment moves the ticket on. Rejected: back to the unit, whose clock goes on as it was. */
export const qualityReview: TaskEffect = {
  check(checks, answers) {
    const decision = checks.option('qualityDecision', answers['qualityDecision'], ['PASS', 'REJECT'], true);
    if (decision === 'REJECT') requireText(checks, answers, 'qualityNote');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode } = assignmentOf(context);
    const rejected = answers['qualityDecision'] === 'REJECT';
    if (rejected) await reopenCompletion(context, actor, assignmentNo);
    const moved = rejected ? await moveTicket(stores, ticket, 'rejectQuality') : ticket;
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: rejected ? 'qualityRejected' : 'qualityPassed',
      fromStatus: rejected ? ticket.status : null,
      toStatus: rejected ? moved.status : null,
      reason: textOf(answers, 'qualityNote'),
      data: { unitCode },
    });
  },
};
