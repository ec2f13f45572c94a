import type { Actor } from '../account/actor.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { mayDo } from './access.ts';
import type { TicketAction } from './access-table.ts';
import type { TicketFacts } from './relation.ts';

export interface LoadedFacts extends TicketFacts {
  ticket: Ticket;
  assignments: Assignment[];
  taskGroups: string[];
}

/**
 * Reads what decides about access to a ticket.
 * @throws NotFound when there is no such ticket
 */
export async function loadTicketFacts(stores: Stores, actor: Actor, ticketNo: string): Promise<LoadedFacts> {
  const ticket = await stores.tickets.find(ticketNo);
  if (!ticket) throw new NotFound('ticket', ticketNo);
  const assignments = await stores.assignments.ofTicket(ticketNo);
  const tasks = await stores.tasks.ofTicket(ticketNo);
  const unit = actor.unitCode === null ? undefined : await stores.units.find(actor.unitCode);
  return { ticket, assignments, taskGroups: tasks.flatMap((task) => task.candidateGroups), unitName: unit?.name };
}

/**
 * @throws NotFound when the actor may not even know of the ticket; NotAllowed('noRight') when it is known and the act is not
 * the actor's.
 */
export async function demandOnTicket(
  stores: Stores,
  actor: Actor,
  action: TicketAction,
  ticketNo: string,
): Promise<LoadedFacts> {
  const facts = await loadTicketFacts(stores, actor, ticketNo);
  if (mayDo(actor, action, facts)) return facts;
  if (!mayDo(actor, 'viewTicket', facts)) throw new NotFound('ticket', ticketNo);
  throw new NotAllowed('noRight', { action });
}
