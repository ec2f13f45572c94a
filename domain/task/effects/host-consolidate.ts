import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 主办汇总: one reply out of what all have done; or an obstacle that the centre must clear. */
export const hostConsolidate: TaskEffect = {
  suggest(facts) {
    const { publicReply, internalNote } = assignmentOf(facts);
    return { publicReply, internalNote };
  },
  check(checks, answers, facts) {
    const decision = checks.option('consolidateDecision', answers['consolidateDecision'], ['DONE', 'OBSTACLE'], true);
    if (decision === 'OBSTACLE') requireText(checks, answers, 'obstacle');
    else if (assignmentOf(facts).publicReply === null) requireText(checks, answers, 'publicReply');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode, publicReply, internalNote } = assignmentOf(context);
    const obstacle = answers['consolidateDecision'] === 'OBSTACLE';
    await stores.assignments.update(assignmentNo, {
      publicReply: textOf(answers, 'publicReply') ?? publicReply,
      internalNote: textOf(answers, 'internalNote') ?? internalNote,
      submittedAt: obstacle ? null : now,
    });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: obstacle ? 'obstacleReported' : 'hostConsolidated',
      reason: obstacle ? textOf(answers, 'obstacle') : null,
      data: { unitCode },
    });
  },
};
