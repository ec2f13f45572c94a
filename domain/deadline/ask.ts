import { randomUUID } from 'node:crypto';
import type { Actor } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { DeadlineRequest } from './extension.ts';

const REQUEST_TTL_MS = 60 * 60 * 1000;
type Asked = Pick<
  DeadlineRequest,
  'kind' | 'ticketNo' | 'assignmentNo' | 'workingDays' | 'untilAt' | 'reason' | 'plan'
>;

const WAYS = {
  EXTENSION: { message: 'extension-requested', event: 'extensionRequested', group: 'command-centre' },
  SUSPENSION: { message: 'suspension-requested', event: 'suspensionRequested', group: 'centre-director' },
} as const;

/** Keeps what a unit asks for and tells the process, whose next step decides. The message carries the id only. */
export async function ask(context: JobContext, actor: Actor, asked: Asked): Promise<DeadlineRequest> {
  const { stores, now, realNow } = context;
  const { ticketNo, assignmentNo, kind, workingDays, untilAt } = asked;
  const request: DeadlineRequest = {
    ...asked,
    requestId: randomUUID(),
    askedAt: now,
    askedBy: actor.accountId,
    status: 'ASKED',
    decidedAt: null,
    decidedBy: null,
    decisionNote: null,
  };
  const { requestId } = request;
  const way = WAYS[kind];
  await stores.deadlineRequests.insert(request);
  await recordEvent(stores, now, actor, {
    ticketNo,
    assignmentNo,
    type: way.event,
    reason: asked.reason,
    visibility: 'ASSIGNMENT',
    data: { requestId, workingDays, untilAt },
  });
  await notifyGroup(context, way.group, { ticketNo, type: way.event, data: { assignmentNo, workingDays, untilAt } });
  await stores.outbox.add(
    ticketNo,
    {
      kind: 'PUBLISH_MESSAGE',
      name: way.message,
      correlationKey: assignmentNo,
      messageId: `${way.message}:${requestId}`,
      timeToLiveMs: REQUEST_TTL_MS,
      variables: { requestId },
    },
    realNow,
  );
  return request;
}
