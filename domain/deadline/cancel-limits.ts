import type { Actor } from '../account/actor.ts';
import type { JobContext } from '../ports/job-step.ts';
import { lapseOrder } from '../supervision/lapse-order.ts';
import { type LimitSelector, openLimits } from './open-limits.ts';

/**
 * The work falls away (returned, waived, withdrawn, merged): its open limits are cancelled, and what was asked for about
 * them and not yet decided lapses. `reason` is kept in the ledger.
 */
export async function cancelLimits(
  context: JobContext,
  actor: Actor,
  selector: LimitSelector,
  reason: string,
): Promise<void> {
  const { stores, now } = context;
  for (const limit of await openLimits(stores, selector)) {
    await stores.limits.appendFact({
      limitId: limit.limitId,
      at: now,
      actorId: actor.accountId,
      reason,
      kind: 'CANCELLED',
    });
    await stores.limits.update(limit.limitId, { cancelledAt: now });
    if (limit.step === 'SUPERVISION_REPLY') await lapseOrder(context, actor, limit.limitId, reason);
    if (limit.step !== 'COMPLETE') continue;
    for (const request of await stores.deadlineRequests.ofTicket(limit.ticketNo)) {
      if (request.status === 'ASKED' && request.assignmentNo === limit.assignmentNo) {
        await stores.deadlineRequests.update(request.requestId, { status: 'LAPSED', decidedAt: now });
      }
    }
  }
}
