import type { Actor } from '../account/actor.ts';
import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { Task } from './task.ts';
import type { EffectFacts } from './task-effect.ts';

/** @throws NotFound('ticket') for a task that names a ticket we do not have, or none at all */
export async function loadEffectFacts(stores: Stores, task: Task, actor: Actor, now: number): Promise<EffectFacts> {
  const ticketNo = task.ticketNo ?? '';
  const ticket = await stores.tickets.find(ticketNo);
  if (!ticket) throw new NotFound('ticket', ticketNo);
  const assignments = await stores.assignments.ofTicket(ticketNo);
  return {
    task,
    actor,
    now,
    ticket,
    assignments,
    assignment: assignments.find(({ assignmentNo }) => assignmentNo === task.assignmentNo) ?? null,
    contacts: await stores.contacts.ofTicket(ticketNo),
    earlierAnswers: await stores.taskAnswers.ofTicket(ticketNo),
    units: await stores.units.all(),
    dispatchRule:
      (ticket.dispatchRuleCode === null ? undefined : await stores.dispatchRules.find(ticket.dispatchRuleCode)) ?? null,
  };
}
