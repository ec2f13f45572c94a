import type { Actor } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext } from '../ports/job-step.ts';

/**
 * The work that an order was about is done or has fallen away: nothing is left to answer. `replyLimitId` is
 * `SUPERVISION_NO:SUPERVISION_REPLY`; an order that was accepted before stays as it is.
 */
export async function lapseOrder(
  { stores, now }: JobContext,
  actor: Actor,
  replyLimitId: string,
  reason: string,
): Promise<void> {
  const supervisionNo = replyLimitId.split(':')[0] ?? '';
  const order = await stores.supervisionOrders.find(supervisionNo);
  if (!order || order.verdict === 'ACCEPTED') return;
  await stores.supervisionOrders.update(supervisionNo, {
    verifiedAt: now,
    verifiedBy: actor.accountId,
    verdict: 'ACCEPTED',
    verifyNote: reason,
  });
  await recordEvent(stores, now, actor, {
    ticketNo: order.ticketNo,
    assignmentNo: order.assignmentNo,
    type: 'supervisionOrderLapsed',
    data: { supervisionNo, cause: reason },
  });
}
