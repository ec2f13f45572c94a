import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 协办单位办理: an opinion to the host, who owns the reply to the citizen. */
export const coHostHandle: TaskEffect = {
  check(checks, answers) {
    requireText(checks, answers, 'opinion');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode, signedAt } = assignmentOf(context);
    await stores.assignments.update(assignmentNo, {
      status: 'SUBMITTED',
      opinion: textOf(answers, 'opinion'),
      internalNote: textOf(answers, 'internalNote'),
      submittedAt: now,
      // A co-host has no signing step: taking up the work is its signature.
      ...(signedAt === null ? { signedAt: now, signedBy: actor.accountId } : {}),
    });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: 'coHostSubmitted',
      data: { unitCode },
    });
  },
};
