import { SYSTEM } from '../account/actor.ts';
import type { JobStep } from '../ports/job-step.ts';
import { canDo } from '../ticket/ticket-transitions.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { moveDue } from './move-due.ts';
import { openCompletionLimit } from './open-limits.ts';

interface In {
  ticketNo: string;
  assignmentNo: string;
  requestId: string;
}

/**
 * After the decision on a suspension, which has stopped the clock already: makes sure of it, for a process in which something
 * other than the shipped form approved it.
 */
export const recordSuspension: JobStep<In> = async (context, { ticketNo, assignmentNo, requestId }) => {
  const { stores } = context;
  const request = await stores.deadlineRequests.find(requestId);
  if (request?.status !== 'APPROVED' || request.kind !== 'SUSPENSION') return {};
  const limit = await openCompletionLimit(stores, assignmentNo);
  if (!limit) return {};
  const { decidedAt } = request;
  const facts = await stores.limits.facts(limit.limitId);
  if (facts.some((fact) => fact.kind === 'PAUSED' && fact.at >= (decidedAt ?? 0))) return {};
  await moveDue(context, SYSTEM, limit, { kind: 'PAUSED', reason: request.reason });
  const ticket = await loadTicket(stores, ticketNo);
  if (canDo(ticket.status, 'suspend')) await moveTicket(stores, ticket, 'suspend');
  return {};
};
