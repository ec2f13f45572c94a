import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 直接答复 */
export const answerDirectly: TaskEffect = {
  check(checks, answers) {
    requireText(checks, answers, 'answer');
  },
  async apply({ stores, now, actor, ticket }, answers) {
    const moved = await moveTicket(stores, ticket, 'answer', { directAnswer: textOf(answers, 'answer') });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      type: 'ticketAnswered',
      fromStatus: ticket.status,
      toStatus: moved.status,
    });
  },
};
