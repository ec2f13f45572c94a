import type { Actor } from '../account/actor.ts';
import { unitGroup } from '../account/unit-groups.ts';
import { Conflict } from '../errors/conflict.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { DeadlineRequest } from './extension.ts';
import type { Limit } from './limit.ts';
import { openCompletionLimit } from './open-limits.ts';

export type DeadlineDecision = 'APPROVE' | 'DENY';

/**
 * A request that still waits, and the limit it is about; undefined when the work was done or fell away meanwhile.
 * @throws NotFound, Conflict('requestDecided')
 */
export async function pendingRequest(
  { stores }: JobContext,
  requestId: string,
  kind: DeadlineRequest['kind'],
): Promise<{ request: DeadlineRequest; limit: Limit | undefined }> {
  const request = await stores.deadlineRequests.find(requestId);
  if (request?.kind !== kind) throw new NotFound('deadlineRequest', requestId);
  if (request.status !== 'ASKED') throw new Conflict('requestDecided', { status: request.status });
  return { request, limit: await openCompletionLimit(stores, request.assignmentNo) };
}

const EVENT_TYPES = {
  EXTENSION: { APPROVED: 'extensionApproved', DENIED: 'extensionDenied', LAPSED: 'extensionLapsed' },
  SUSPENSION: { APPROVED: 'suspensionApproved', DENIED: 'suspensionDenied', LAPSED: 'suspensionLapsed' },
} as const;

/** Writes the decision and tells the unit. */
export async function recordDecision(
  context: JobContext,
  actor: Actor,
  request: DeadlineRequest,
  decided: { status: 'APPROVED' | 'DENIED' | 'LAPSED'; workingDays: number | null; note: string | null },
): Promise<void> {
  const { stores, now } = context;
  const { requestId, ticketNo, assignmentNo, kind, untilAt } = request;
  const { status, workingDays, note } = decided;
  await stores.deadlineRequests.update(requestId, {
    status,
    workingDays,
    decidedAt: now,
    decidedBy: actor.accountId,
    decisionNote: note,
  });
  const type = EVENT_TYPES[kind][status];
  const data = { requestId, workingDays, untilAt };
  await recordEvent(stores, now, actor, { ticketNo, assignmentNo, type, reason: note, visibility: 'ASSIGNMENT', data });
  const assignment = await stores.assignments.find(assignmentNo);
  if (assignment) {
    await notifyGroup(context, unitGroup(assignment.unitCode), { ticketNo, type, data: { assignmentNo, ...data } });
  }
}
