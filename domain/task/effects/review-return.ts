import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 审核退单. Upheld: record-return-decision ends the round. Denied: the unit signs after all, and its clock has gone on. */
export const reviewReturn: TaskEffect = {
  check(checks, answers) {
    const decision = checks.option('returnDecision', answers['returnDecision'], ['UPHELD', 'DENIED'], true);
    if (decision === 'DENIED') requireText(checks, answers, 'returnReviewNote');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode } = assignmentOf(context);
    const denied = answers['returnDecision'] === 'DENIED';
    if (denied) await stores.assignments.update(assignmentNo, { status: 'DISPATCHED' });
    const moved = denied ? await moveTicket(stores, ticket, 'denyReturn') : ticket;
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: denied ? 'returnDenied' : 'returnUpheld',
      fromStatus: denied ? ticket.status : null,
      toStatus: denied ? moved.status : null,
      reason: textOf(answers, 'returnReviewNote'),
      data: { unitCode },
    });
  },
};
