import type { Actor } from '../account/actor.ts';
import { type LoadedFacts, demandOnTicket } from '../access/demand-on-ticket.ts';
import type { TicketAction } from '../access/access-table.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { Conflict } from '../errors/conflict.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { DeadlineRequest } from './extension.ts';
import type { Limit } from './limit.ts';
import { openCompletionLimit } from './open-limits.ts';

export interface OwnCompletionLimit extends LoadedFacts {
  assignment: Assignment;
  limit: Limit & { dueAt: number };
  /** What has been asked for this assignment before. */
  earlier: DeadlineRequest[];
}

/**
 * What a unit needs to ask for more time: its own host assignment with a running completion limit, and nothing asked that is
 * not yet decided.
 * @throws NotFound, NotAllowed, Conflict('limitClosed' | 'limitPaused' | 'requestOpen')
 */
export async function ownCompletionLimit(
  stores: Stores,
  actor: Actor,
  action: TicketAction,
  { ticketNo, assignmentNo }: { ticketNo: string; assignmentNo: string },
): Promise<OwnCompletionLimit> {
  const facts = await demandOnTicket(stores, actor, action, ticketNo);
  const assignment = facts.assignments.find((one) => one.assignmentNo === assignmentNo);
  if (!assignment) throw new NotFound('assignment', assignmentNo);
  if (assignment.unitCode !== actor.unitCode || assignment.role !== 'HOST') {
    throw new NotAllowed('notYourAssignment', { assignmentNo });
  }
  const limit = await openCompletionLimit(stores, assignmentNo);
  if (!limit) throw new Conflict('limitClosed', { assignmentNo });
  if (limit.dueAt === null) throw new Conflict('limitPaused', { assignmentNo });
  const earlier = (await stores.deadlineRequests.ofTicket(ticketNo)).filter((one) => one.assignmentNo === assignmentNo);
  if (earlier.some((one) => one.status === 'ASKED')) throw new Conflict('requestOpen', { assignmentNo });
  return { ...facts, assignment, limit: { ...limit, dueAt: limit.dueAt }, earlier };
}
