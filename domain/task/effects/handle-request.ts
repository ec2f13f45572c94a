import { recordEvent } from '../../event/record-event.ts';
import { COMPLETION_OUTCOMES, type CompletionOutcome } from '../../ticket/ticket.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 办理: what came of it, what the citizen is told, what was done. */
export const handleRequest: TaskEffect = {
  /** After a send-back the unit mends what it wrote. */
  suggest(facts) {
    const { outcome, publicReply, internalNote } = assignmentOf(facts);
    return { outcome, publicReply, internalNote };
  },
  check(checks, answers) {
    const outcome = checks.option('outcome', answers['outcome'], COMPLETION_OUTCOMES, true);
    requireText(checks, answers, 'publicReply');
    // A promise without a plan is no outcome.
    if (outcome === 'UNRESOLVED_WITH_PLAN') requireText(checks, answers, 'internalNote');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode } = assignmentOf(context);
    const outcome = answers['outcome'] as CompletionOutcome;
    await stores.assignments.update(assignmentNo, {
      outcome,
      publicReply: textOf(answers, 'publicReply'),
      internalNote: textOf(answers, 'internalNote'),
      submittedAt: now,
    });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: 'requestHandled',
      data: { unitCode, outcome },
    });
  },
};
