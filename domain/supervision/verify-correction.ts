import type { Actor } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { moveDue } from '../deadline/move-due.ts';
import { openLimits } from '../deadline/open-limits.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import { openOrder } from './reply-to-order.ts';

/**
 * 核查整改, the effect of the supervisor's task. A rejected reply must be written anew: what was left of the limit runs on, and
 * the new `replyDueAt` goes to the process.
 * @throws NotFound, Conflict('orderClosed'), InvalidInput
 */
export async function verifyCorrection(
  context: JobContext,
  actor: Actor,
  supervisionNo: string,
  input: { verdict: unknown; verifyNote: unknown },
): Promise<{ replyDueAt?: string }> {
  const { stores, now } = context;
  const order = await openOrder(stores, supervisionNo);
  const checks = new FieldChecks();
  const verdict = checks.option('verdict', input.verdict, ['ACCEPTED', 'REJECTED'], true);
  const verifyNote = checks.text('verifyNote', input.verifyNote, { required: verdict === 'REJECTED', max: 1000 });
  checks.throwIfAny();
  const { ticketNo, assignmentNo, unitCode } = order;
  const rejected = verdict === 'REJECTED';
  await stores.supervisionOrders.update(supervisionNo, {
    verdict,
    verifyNote,
    verifiedAt: now,
    verifiedBy: actor.accountId,
    ...(rejected ? { repliedAt: null, rejectedReplies: order.rejectedReplies + 1 } : {}),
  });
  const type = rejected ? 'supervisionReplyRejected' : 'supervisionReplyAccepted';
  const data = { supervisionNo };
  await recordEvent(stores, now, actor, {
    ticketNo,
    assignmentNo,
    type,
    reason: verifyNote,
    visibility: 'ASSIGNMENT',
    data,
  });
  await notifyGroup(context, unitGroup(unitCode), { ticketNo, type, data });
  if (!rejected) return {};
  await notifyGroup(context, leaderGroup(unitCode), { ticketNo, type, data });
  const [limit] = await openLimits(stores, { limitId: `${supervisionNo}:SUPERVISION_REPLY` });
  if (!limit) return {};
  const running =
    limit.pausedAt === null
      ? limit
      : await moveDue(context, actor, limit, { kind: 'RESUMED', reason: 'REPLY_REJECTED' });
  if (running.dueAt === null) return {};
  await stores.supervisionOrders.update(supervisionNo, { replyDueAt: running.dueAt });
  return { replyDueAt: isoAt(running.dueAt) };
}
