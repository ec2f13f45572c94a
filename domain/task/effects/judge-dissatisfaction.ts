import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 研判不满意: whether the demand was one that the city had to meet. */
export const judgeDissatisfaction: TaskEffect = {
  check(checks, answers) {
    checks.option('judgement', answers['judgement'], ['VALID', 'UNREASONABLE'], true);
    if (answers['judgement'] === 'UNREASONABLE') requireText(checks, answers, 'judgementNote');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo: assignmentOf(context).assignmentNo,
      type: 'dissatisfactionJudged',
      visibility: 'CENTRE',
      reason: textOf(answers, 'judgementNote'),
      data: { judgement: answers['judgement'] },
    });
  },
};
