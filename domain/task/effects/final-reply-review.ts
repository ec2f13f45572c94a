import { recordEvent } from '../../event/record-event.ts';
import { requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 审核最终答复: the lawful ending of a demand that cannot be met. */
export const finalReplyReview: TaskEffect = {
  suggest({ ticket }) {
    return { finalReply: ticket.publicReply };
  },
  check(checks, answers) {
    requireText(checks, answers, 'finalReply');
  },
  async apply({ stores, now, actor, ticket, task }, answers) {
    await stores.tickets.update(ticket.ticketNo, ticket.version, {
      publicReply: textOf(answers, 'finalReply'),
      outcome: 'EXPLAINED',
    });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo: task.assignmentNo,
      type: 'finalReplyGiven',
    });
  },
};
