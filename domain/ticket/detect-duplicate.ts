import { SYSTEM } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import type { Stores } from '../ports/stores.ts';
import { likeness } from './likeness.ts';
import { mergeInto } from './merge-into.ts';
import { loadTicket } from './move-ticket.ts';
import { type ProcessFacts, processFacts } from './process-facts.ts';
import type { Ticket } from './ticket.ts';
import { isClosed } from './ticket-transitions.ts';

/** How alike title and place must be to be the same matter [D]; under it two people complain of two things. */
const SAME_MATTER = 0.5;
const CALLS_LOOKED_AT = 20;

async function earlierOfSameMatter(stores: Stores, ticket: Ticket, phone: string): Promise<Ticket | undefined> {
  for (const ticketNo of await stores.callers.ticketNosByPhone(phone, CALLS_LOOKED_AT)) {
    if (ticketNo === ticket.ticketNo) continue;
    const earlier = await stores.tickets.find(ticketNo);
    if (!earlier || isClosed(earlier.status) || earlier.createdAt > ticket.createdAt) continue;
    const sameClass = earlier.categoryCode === ticket.categoryCode && earlier.divisionCode === ticket.divisionCode;
    const alike = likeness(earlier.title + earlier.addressText, ticket.title + ticket.addressText) >= SAME_MATTER;
    if (sameClass && alike) return earlier;
  }
  return undefined;
}

/**
 * Same caller and same matter while the first is open: merged (domain.md §1). An agent who looked at the likely duplicates decides;
 * only where no agent took the call the system does. A closed duplicate is none: then this is a request of its own.
 */
export const detectDuplicate: JobStep<{ ticketNo: string }, { merged: boolean; facts: ProcessFacts }> = async (
  { stores, now },
  { ticketNo },
) => {
  const ticket = await loadTicket(stores, ticketNo);
  const caller = await stores.callers.find(ticketNo);
  const facts = processFacts(ticket, caller);
  const mayMerge = ticket.status === 'PENDING_REVIEW' && ticket.intakeOutcome !== 'REJECT';
  const chosen = ticket.duplicateOf === null ? undefined : await stores.tickets.find(ticket.duplicateOf);
  const found = chosen ?? (caller?.phone ? await earlierOfSameMatter(stores, ticket, caller.phone) : undefined);
  if (!mayMerge || !found || isClosed(found.status)) return { merged: ticket.status === 'MERGED', facts };
  if (chosen || ticket.intakeOutcome === 'NONE') {
    await mergeInto(stores, now, SYSTEM, ticket, found, null);
    return { merged: true, facts };
  }
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    type: 'duplicateSuspected',
    visibility: 'CENTRE',
    data: { ticketNo: found.ticketNo },
  });
  return { merged: false, facts };
};
