import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, listOf, requireActiveUnits, type TaskEffect } from '../task-effect.ts';

/** 确定主协办 [S15(3)]: the host names who is to help; create-co-assignments opens their assignments. */
export const nameHostAndCoHosts: TaskEffect = {
  check(checks, answers, facts) {
    const coHosts = listOf(answers, 'coHostUnitCodes');
    requireActiveUnits(checks, 'coHostUnitCodes', coHosts, facts);
    if (coHosts.includes(assignmentOf(facts).unitCode)) checks.add('coHostUnitCodes', 'hostIsCoHost');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo } = assignmentOf(context);
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: 'coHostsNamed',
      data: { coHostUnitCodes: listOf(answers, 'coHostUnitCodes') },
    });
  },
};
