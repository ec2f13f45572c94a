import type { Actor } from '../account/actor.ts';
import { moveDue } from '../deadline/move-due.ts';
import { openLimits } from '../deadline/open-limits.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { Stores } from '../ports/stores.ts';
import type { SupervisionOrder } from './supervision-order.ts';

/**
 * 答复督办单, the effect of the unit's task. The reply's clock rests while the centre verifies, and runs on if it is rejected.
 * @throws NotFound, Conflict('orderClosed'), InvalidInput
 */
export async function replyToOrder(
  context: JobContext,
  actor: Actor,
  supervisionNo: string,
  input: { reply: unknown; correctiveAction: unknown },
): Promise<void> {
  const { stores, now } = context;
  const order = await openOrder(stores, supervisionNo);
  const checks = new FieldChecks();
  const reply = checks.text('reply', input.reply, { required: true, max: 2000 });
  const correctiveAction = checks.text('correctiveAction', input.correctiveAction, { max: 2000 });
  checks.throwIfAny();
  await stores.supervisionOrders.update(supervisionNo, {
    reply,
    correctiveAction,
    repliedAt: now,
    repliedBy: actor.accountId,
    verdict: null,
    verifiedAt: null,
    verifiedBy: null,
    verifyNote: null,
  });
  for (const limit of await openLimits(stores, { limitId: `${supervisionNo}:SUPERVISION_REPLY` })) {
    if (limit.pausedAt === null)
      await moveDue(context, actor, limit, { kind: 'PAUSED', reason: 'REPLY_IN_VERIFICATION' });
  }
  const { ticketNo, assignmentNo } = order;
  const data = { supervisionNo, late: now > order.replyDueAt };
  await recordEvent(stores, now, actor, {
    ticketNo,
    assignmentNo,
    type: 'supervisionReplied',
    visibility: 'ASSIGNMENT',
    data,
  });
  await notifyGroup(context, 'supervision', { ticketNo, type: 'supervisionReplied', data });
}

/** @throws NotFound; Conflict('orderClosed') when its reply was accepted or its work is over. */
export async function openOrder(stores: Stores, supervisionNo: string): Promise<SupervisionOrder> {
  const order = await stores.supervisionOrders.find(supervisionNo);
  if (!order) throw new NotFound('supervisionOrder', supervisionNo);
  if (order.verdict === 'ACCEPTED') throw new Conflict('orderClosed', { supervisionNo });
  return order;
}
