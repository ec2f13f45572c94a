import type { Actor } from '../account/actor.ts';
import { notifyRequester } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { type DeadlineDecision, pendingRequest, recordDecision } from './decide-request.ts';
import { moveDue } from './move-due.ts';

/**
 * 审批挂账, the effect of the task: an approved suspension stops the completion clock at once, until its date.
 * @throws NotFound, Conflict('requestDecided'), NotAllowed('ticketStatus')
 */
export async function decideSuspension(
  context: JobContext,
  actor: Actor,
  requestId: string,
  decision: DeadlineDecision,
  note: string | null,
): Promise<void> {
  const { stores } = context;
  const { request, limit } = await pendingRequest(context, requestId, 'SUSPENSION');
  const status = !limit ? 'LAPSED' : decision === 'APPROVE' ? 'APPROVED' : 'DENIED';
  await recordDecision(context, actor, request, { status, workingDays: null, note });
  if (status !== 'APPROVED' || !limit) return;
  if (limit.pausedAt === null) await moveDue(context, actor, limit, { kind: 'PAUSED', reason: request.reason });
  const { ticketNo, untilAt } = request;
  await moveTicket(stores, await loadTicket(stores, ticketNo), 'suspend');
  await notifyRequester(context, { ticketNo, type: 'suspensionGranted', data: { ticketNo, untilAt } });
}
