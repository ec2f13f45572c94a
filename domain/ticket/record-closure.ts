import { SYSTEM } from '../account/actor.ts';
import type { JobStep } from '../ports/job-step.ts';
import { recordEvent } from '../event/record-event.ts';
import { endAssignments } from './end-ticket.ts';
import { loadTicket } from './move-ticket.ts';

/** The process was ended by `case-closed`. Why, and the status, were written with the act itself: what began since is tidied. */
export const recordClosure: JobStep<{ ticketNo: string }> = async (context, { ticketNo }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  if (ticket.closedAt === null) await stores.tickets.update(ticketNo, ticket.version, { closedAt: now });
  await endAssignments(context, SYSTEM, ticketNo, ticket.status);
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    type: 'processEnded',
    visibility: 'CENTRE',
    data: { status: ticket.status },
  });
  return {};
};
