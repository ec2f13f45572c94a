import { SYSTEM } from '../account/actor.ts';
import { finishLimit } from '../deadline/finish-limit.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { settleSupervision } from './supervision-level.ts';

interface In {
  supervisionNo: string;
}

/** The reply was accepted: its limit is done, and the ticket shows what supervision is left. */
export const closeSupervisionOrder: JobStep<In> = async (context, { supervisionNo }) => {
  const { stores, now } = context;
  const order = await stores.supervisionOrders.find(supervisionNo);
  if (!order) throw new NotFound('supervisionOrder', supervisionNo);
  await finishLimit(context, SYSTEM, { limitId: `${supervisionNo}:SUPERVISION_REPLY` });
  const { ticketNo, assignmentNo } = order;
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'supervisionOrderClosed',
    data: { supervisionNo, rejectedReplies: order.rejectedReplies },
  });
  await settleSupervision(stores, ticketNo);
  return {};
};
