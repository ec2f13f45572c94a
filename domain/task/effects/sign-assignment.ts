import { mayReturn } from '../../assignment/first-handler-duty.ts';
import { signAssignment as signFor } from '../../assignment/sign-assignment.ts';
import { Conflict } from '../../errors/conflict.ts';
import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { assignmentOf, requireActiveUnits, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 签收 or 退单. The first unit finds out what it is about before it may return it [S15(1)]. */
export const signAssignment: TaskEffect = {
  check(checks, answers, facts) {
    const decision = checks.option('signDecision', answers['signDecision'], ['SIGN', 'RETURN'], true);
    if (decision !== 'RETURN') return;
    const assignment = assignmentOf(facts);
    if (!mayReturn(assignment, facts.assignments, facts.earlierAnswers)) checks.add('signDecision', 'returnNotAllowed');
    requireText(checks, answers, 'preliminaryCheck', 'returnReason', 'returnLegalBasis');
    const suggested = textOf(answers, 'suggestedUnitCode');
    if (suggested === null) return;
    requireActiveUnits(checks, 'suggestedUnitCode', [suggested], facts);
    if (suggested === assignment.unitCode) checks.add('suggestedUnitCode', 'suggestsItself');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const assignment = assignmentOf(context);
    if (assignment.signedAt !== null) {
      // The watch signed for a unit that was too slow, a moment before.
      throw new Conflict('alreadySigned', { by: assignment.signedBy ?? '', at: assignment.signedAt });
    }
    if (answers['signDecision'] === 'SIGN') {
      await signFor(context, actor, ticket, assignment);
      return;
    }
    await stores.assignments.update(assignment.assignmentNo, {
      status: 'RETURN_REQUESTED',
      preliminaryCheck: textOf(answers, 'preliminaryCheck'),
      returnReason: textOf(answers, 'returnReason'),
      returnLegalBasis: textOf(answers, 'returnLegalBasis'),
      returnCount: assignment.returnCount + 1,
    });
    const suggestedUnitCode = textOf(answers, 'suggestedUnitCode');
    const moved = await moveTicket(
      stores,
      ticket,
      'requestReturn',
      suggestedUnitCode === null ? {} : { suggestedUnitCode },
    );
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo: assignment.assignmentNo,
      type: 'returnRequested',
      fromStatus: ticket.status,
      toStatus: moved.status,
      reason: textOf(answers, 'returnReason'),
      data: { unitCode: assignment.unitCode, suggestedUnitCode },
    });
  },
};
