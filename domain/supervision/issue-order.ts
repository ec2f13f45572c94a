import type { Actor } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { compactDateAt } from '../calendar/shanghai-time.ts';
import { ANY_CLASS } from '../deadline/limit-rule.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { tellWatch } from '../deadline/tell-watch.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import { raiseSupervision } from './supervision-level.ts';
import type { SupervisionOrder } from './supervision-order.ts';

/**
 * 督办单 (L2): a numbered order to a unit, to be answered within the limit SUPERVISION_REPLY. The watch of the assignment is
 * woken and hands it to the process, whose next step is the unit's reply.
 */
export async function issueOrder(
  context: JobContext,
  actor: Actor,
  assignment: Assignment,
  cause: SupervisionOrder['cause'],
  note: string | null = null,
): Promise<SupervisionOrder> {
  const { stores, now } = context;
  const { ticketNo, assignmentNo, unitCode } = assignment;
  const series = `DB${compactDateAt(now)}`;
  const supervisionNo = series + String(await stores.sequences.next(series)).padStart(5, '0');
  const limit = await startLimit(context, actor, {
    ticketNo,
    assignmentNo,
    ownerNo: supervisionNo,
    step: 'SUPERVISION_REPLY',
    limitClass: ANY_CLASS,
    startAt: now,
  });
  const order: SupervisionOrder = {
    supervisionNo,
    ticketNo,
    assignmentNo,
    unitCode,
    level: 2,
    cause,
    issuedAt: now,
    issuedBy: actor.accountId,
    replyDueAt: limit.dueAt ?? now,
    repliedAt: null,
    repliedBy: null,
    reply: null,
    correctiveAction: null,
    verifiedAt: null,
    verifiedBy: null,
    verdict: null,
    verifyNote: null,
    rejectedReplies: 0,
  };
  await stores.supervisionOrders.insert(order);
  await raiseSupervision(stores, ticketNo, 2);
  const data = { supervisionNo, assignmentNo, unitCode, cause, replyDueAt: order.replyDueAt };
  await recordEvent(stores, now, actor, { ticketNo, assignmentNo, type: 'supervisionOrderIssued', reason: note, data });
  for (const group of [unitGroup(unitCode), leaderGroup(unitCode), 'supervision']) {
    await notifyGroup(context, group, { ticketNo, type: 'supervisionOrderIssued', data });
  }
  await tellWatch(context, order, supervisionNo);
  return order;
}

export async function hasOpenOrder({ stores }: JobContext, assignment: Assignment): Promise<boolean> {
  const orders = await stores.supervisionOrders.ofTicket(assignment.ticketNo);
  return orders.some((order) => order.assignmentNo === assignment.assignmentNo && order.verdict !== 'ACCEPTED');
}
