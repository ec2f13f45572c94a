import { SYSTEM } from '../account/actor.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { type ProcessFacts, processFacts } from '../ticket/process-facts.ts';

/** Rule code of what the catalogue leaves to the dispatcher. */
const CENTRE_DECIDES = 'CENTRE';

/** The decisions' answers become the dispatcher's proposal, and the centre's own clock starts. */
export const prepareDispatch: JobStep<
  { ticketNo: string; dispatchRule: { ruleCode: string } | null; limitClass: string | null },
  { dispatchDueAt: string | null; limitId: string; facts: ProcessFacts }
> = async (context, { ticketNo, dispatchRule, limitClass }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const ruleCode = dispatchRule?.ruleCode ?? CENTRE_DECIDES;
  const rule = ruleCode === CENTRE_DECIDES ? undefined : await stores.dispatchRules.find(ruleCode);
  const inForce = rule && rule.validFrom <= now && (rule.validTo === null || now < rule.validTo) ? rule : undefined;
  const moved = await moveTicket(stores, ticket, 'prepareDispatch', {
    dispatchRuleCode: ruleCode,
    limitClass: limitClass ?? ticket.limitClass,
    // After a return the unit's own suggestion says more than the catalogue that led there.
    suggestedUnitCode:
      ticket.returnCount > 0 ? ticket.suggestedUnitCode : (inForce?.hostUnitCode ?? ticket.suggestedUnitCode),
  });
  const limit = await startLimit(context, SYSTEM, {
    ticketNo,
    assignmentNo: null,
    ownerNo: ticketNo,
    step: 'DISPATCH',
    limitClass: moved.limitClass ?? ticket.requestType,
    startAt: now,
  });
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    type: 'dispatchPrepared',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { ruleCode, limitClass: moved.limitClass, suggestedUnitCode: moved.suggestedUnitCode },
  });
  return {
    dispatchDueAt: limit.dueAt === null ? null : isoAt(limit.dueAt),
    limitId: limit.limitId,
    facts: processFacts(moved, await stores.callers.find(ticketNo)),
  };
};
