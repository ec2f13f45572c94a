import { finishLimit } from '../../deadline/finish-limit.ts';
import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 单位领导审批: part of the completion standard; with it the unit's clock stops. */
export const unitLeaderApprove: TaskEffect = {
  check(checks, answers, facts) {
    const decision = checks.option('leaderDecision', answers['leaderDecision'], ['APPROVE', 'SEND_BACK'], true);
    if (decision === 'SEND_BACK') requireText(checks, answers, 'leaderNote');
    const { outcome, publicReply } = assignmentOf(facts);
    if (decision === 'APPROVE' && (outcome === null || publicReply === null))
      checks.add('leaderDecision', 'replyMissing');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode, outcome, publicReply, submittedAt } = assignmentOf(context);
    const reason = textOf(answers, 'leaderNote');
    if (answers['leaderDecision'] === 'SEND_BACK') {
      await stores.assignments.update(assignmentNo, { submittedAt: null });
      await recordEvent(stores, now, actor, {
        ticketNo: ticket.ticketNo,
        assignmentNo,
        type: 'leaderSentBack',
        reason,
        visibility: 'ASSIGNMENT',
        data: { unitCode },
      });
      return;
    }
    await stores.assignments.update(assignmentNo, {
      status: 'APPROVED',
      approvedAt: now,
      submittedAt: submittedAt ?? now,
    });
    const moved = await moveTicket(stores, ticket, 'approve', { outcome, publicReply });
    await finishLimit(context, actor, { assignmentNo, step: 'COMPLETE' });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: 'leaderApproved',
      fromStatus: ticket.status,
      toStatus: moved.status,
      data: { unitCode, outcome },
    });
  },
};
