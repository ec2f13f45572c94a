import type { Actor } from '../account/actor.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import { notifyRequester } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import { type DeadlineDecision, pendingRequest, recordDecision } from './decide-request.ts';
import { moveDue } from './move-due.ts';

/**
 * 审批延期, the effect of the task: an approved extension moves the due time at once and the requester is told (domain.md §1).
 * `workingDays` null grants what was asked for.
 * @throws NotFound, Conflict('requestDecided'), InvalidInput('approvedWorkingDays')
 */
export async function decideExtension(
  context: JobContext,
  actor: Actor,
  requestId: string,
  decision: DeadlineDecision,
  workingDays: number | null,
  note: string | null,
): Promise<void> {
  const { stores } = context;
  const { request, limit } = await pendingRequest(context, requestId, 'EXTENSION');
  if (!limit)
    return recordDecision(context, actor, request, { status: 'LAPSED', workingDays: request.workingDays, note });
  if (decision === 'DENY') {
    return recordDecision(context, actor, request, { status: 'DENIED', workingDays: request.workingDays, note });
  }
  const granted = workingDays ?? request.workingDays ?? 0;
  const { extensionWorkingDays: max } = await deadlinePolicyOf(stores);
  if (!Number.isInteger(granted) || granted < 1 || granted > max) {
    throw new InvalidInput([{ field: 'approvedWorkingDays', code: 'workingDaysOutOfRange', params: { min: 1, max } }]);
  }
  await recordDecision(context, actor, request, { status: 'APPROVED', workingDays: granted, note });
  const { version: calendarVersion } = await stores.calendar.load();
  const moved = await moveDue(context, actor, limit, {
    kind: 'EXTENDED',
    amount: granted,
    unit: 'WORKING_DAYS',
    calendarVersion,
    reason: request.reason,
  });
  const ticket = await loadTicket(stores, request.ticketNo);
  await stores.tickets.update(ticket.ticketNo, ticket.version, { extensionCount: ticket.extensionCount + 1 });
  await notifyRequester(context, {
    ticketNo: ticket.ticketNo,
    type: 'extensionGranted',
    data: { ticketNo: ticket.ticketNo, workingDays: granted, dueAt: moved.dueAt },
  });
}
