import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { Ticket } from './ticket.ts';
import { nextStatus, type TicketAct } from './ticket-transitions.ts';

/** @throws NotFound */
export async function loadTicket(stores: Stores, ticketNo: string): Promise<Ticket> {
  const ticket = await stores.tickets.find(ticketNo);
  if (!ticket) throw new NotFound('ticket', ticketNo);
  return ticket;
}

/**
 * Moves the ticket on by the transition table and writes what changes with it.
 * @throws NotAllowed('ticketStatus') when the act is not for its status; Conflict('ticketChanged') when somebody was first.
 */
export function moveTicket(
  stores: Stores,
  ticket: Ticket,
  act: TicketAct,
  changes: Partial<Ticket> = {},
): Promise<Ticket> {
  return stores.tickets.update(ticket.ticketNo, ticket.version, { ...changes, status: nextStatus(ticket.status, act) });
}
