import { finishLimit } from '../../deadline/finish-limit.ts';
import { recordEvent } from '../../event/record-event.ts';
import { URGENCIES, type Urgency } from '../../ticket/ticket.ts';
import { listOf, requireActiveUnits, type TaskEffect, textOf } from '../task-effect.ts';
import { checkRejection, rejectTicket } from './rejection.ts';

/** What limit-class.dmn answers for whatever is not NORMAL: it decided before the dispatcher raised the urgency. */
const URGENT_CLASS = 'URGENT';

/** 审核派单: who hosts, who helps, how urgent; or that it is not the city's business after all. */
export const reviewAndDispatch: TaskEffect = {
  suggest({ ticket, dispatchRule }) {
    const { suggestedUnitCode, urgency, rejectReason, rejectText, rejectChannelTold } = ticket;
    const byRule = dispatchRule?.hostUnitCode === suggestedUnitCode ? dispatchRule : null;
    return {
      hostUnitCode: suggestedUnitCode,
      coHostUnitCodes: byRule?.coHostUnitCodes ?? [],
      urgency,
      rejectReason,
      rejectText,
      rejectChannelTold,
    };
  },
  check(checks, answers, facts) {
    const decision = checks.option('dispatchDecision', answers['dispatchDecision'], ['DISPATCH', 'REJECT'], true);
    if (decision === 'REJECT') return checkRejection(checks, answers, facts.ticket);
    const host = checks.text('hostUnitCode', answers['hostUnitCode'], { required: true, max: 40 });
    if (host !== null) requireActiveUnits(checks, 'hostUnitCode', [host], facts);
    const coHosts = listOf(answers, 'coHostUnitCodes');
    requireActiveUnits(checks, 'coHostUnitCodes', coHosts, facts);
    if (host !== null && coHosts.includes(host)) checks.add('coHostUnitCodes', 'hostIsCoHost');
    checks.option('urgency', answers['urgency'], URGENCIES);
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket, task } = context;
    if (task.limitId !== null) await finishLimit(context, actor, { limitId: task.limitId });
    if (answers['dispatchDecision'] === 'REJECT') return rejectTicket(context, answers);
    const urgency = (textOf(answers, 'urgency') as Urgency | null) ?? ticket.urgency;
    const raised = ticket.urgency === 'NORMAL' && urgency !== 'NORMAL';
    await stores.tickets.update(ticket.ticketNo, ticket.version, {
      urgency,
      hostUnitCode: textOf(answers, 'hostUnitCode'),
      limitClass: textOf(answers, 'limitClass') ?? (raised ? URGENT_CLASS : ticket.limitClass),
    });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      type: 'dispatchDecided',
      data: {
        hostUnitCode: textOf(answers, 'hostUnitCode'),
        coHostUnitCodes: listOf(answers, 'coHostUnitCodes'),
        urgency,
      },
    });
  },
};
