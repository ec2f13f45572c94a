import { SYSTEM } from '../account/actor.ts';
import { BusinessError } from '../errors/business-error.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from './move-ticket.ts';
import { priorityOf, type ProcessFacts, processFacts } from './process-facts.ts';

/**
 * The first job of a ticket's process: a late retry of the start message must not run a second one (processes.md, fact 3).
 * @throws BusinessError('ALREADY_STARTED')
 */
export const startGuard: JobStep<
  { ticketNo: string; processInstanceKey: string },
  { facts: ProcessFacts; priority: number; needsRegistration: boolean }
> = async ({ stores, now }, { ticketNo, processInstanceKey }) => {
  const ticket = await loadTicket(stores, ticketNo);
  if (ticket.processInstanceKey !== null && ticket.processInstanceKey !== processInstanceKey) {
    throw new BusinessError('ALREADY_STARTED', `${ticketNo} runs as process instance ${ticket.processInstanceKey}`);
  }
  if (ticket.processInstanceKey === null) {
    await stores.tickets.update(ticketNo, ticket.version, { processInstanceKey });
    await recordEvent(stores, now, SYSTEM, { ticketNo, type: 'processStarted', visibility: 'CENTRE' });
  }
  return {
    facts: processFacts(ticket, await stores.callers.find(ticketNo)),
    priority: priorityOf(ticket.urgency),
    needsRegistration: ticket.intakeOutcome === 'NONE',
  };
};
