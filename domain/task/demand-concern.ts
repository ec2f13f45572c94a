import { isCandidate, mayDo } from '../access/access.ts';
import { loadTicketFacts } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { Task } from './task.ts';

/** Theirs to do, done by them, or theirs to do if nobody had taken it. */
export const isConcerned = (actor: Actor, task: Task): boolean =>
  task.assignee === actor.accountId || task.completedBy === actor.accountId || isCandidate(actor, task);

/** Before anything is said of a task, its state and its people included. @throws NotFound for what is no business of the actor's */
export async function demandConcern(stores: Stores, actor: Actor, task: Task): Promise<void> {
  if (isConcerned(actor, task) || mayDo(actor, 'viewAllTasks')) return;
  const isOfTicket = task.ticketNo !== null && (await stores.tickets.find(task.ticketNo)) !== undefined;
  const seesTicket = isOfTicket && mayDo(actor, 'viewTicket', await loadTicketFacts(stores, actor, task.ticketNo!));
  if (!seesTicket) throw new NotFound('task', task.taskKey);
}
