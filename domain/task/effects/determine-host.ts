import { recordEvent } from '../../event/record-event.ts';
import { listOf, requireActiveUnits, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 联合确权的结果 [S15(2)]: after it the unit may not return the ticket. */
export const determineHost: TaskEffect = {
  check(checks, answers, facts) {
    requireText(checks, answers, 'hostUnitCode', 'determinationBasis');
    const host = textOf(answers, 'hostUnitCode');
    const coHosts = listOf(answers, 'coHostUnitCodes');
    requireActiveUnits(checks, 'hostUnitCode', host === null ? [] : [host], facts);
    requireActiveUnits(checks, 'coHostUnitCodes', coHosts, facts);
    if (host !== null && coHosts.includes(host)) checks.add('coHostUnitCodes', 'hostIsCoHost');
  },
  async apply({ stores, now, actor, ticket }, answers) {
    const hostUnitCode = textOf(answers, 'hostUnitCode');
    await stores.tickets.update(ticket.ticketNo, ticket.version, { hostUnitCode });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      type: 'hostDetermined',
      reason: textOf(answers, 'determinationBasis'),
      data: { hostUnitCode },
    });
  },
};
