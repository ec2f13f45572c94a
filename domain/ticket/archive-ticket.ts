import { SYSTEM } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { endAssignments } from './end-ticket.ts';
import { loadTicket } from './move-ticket.ts';
import { isClosed, nextStatus } from './ticket-transitions.ts';

/** 归档: answered, refused and merged tickets keep that status, all others are closed. */
export const archiveTicket: JobStep<{ ticketNo: string }> = async (context, { ticketNo }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const status = isClosed(ticket.status) ? ticket.status : nextStatus(ticket.status, 'close');
  await stores.tickets.update(ticketNo, ticket.version, { status, closedAt: ticket.closedAt ?? now });
  await endAssignments(context, SYSTEM, ticketNo, 'ARCHIVED');
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    type: 'ticketArchived',
    fromStatus: ticket.status,
    toStatus: status,
  });
  return {};
};
