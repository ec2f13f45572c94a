import { SYSTEM } from '../account/actor.ts';
import { finishLimit } from '../deadline/finish-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { settleSupervision } from '../supervision/supervision-level.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { loadAssignment } from './load-assignment.ts';

/** Quality has passed: the unit is done, the ticket waits for the centre's call. */
export const submitAssignment: JobStep<{ ticketNo: string; assignmentNo: string }> = async (
  context,
  { ticketNo, assignmentNo },
) => {
  const { stores, now } = context;
  const { unitCode } = await loadAssignment(stores, assignmentNo);
  await finishLimit(context, SYSTEM, { assignmentNo });
  // An urge about what is done is no longer in force.
  await settleSupervision(stores, ticketNo);
  const ticket = await loadTicket(stores, ticketNo);
  const moved = await moveTicket(stores, ticket, 'submit');
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'assignmentSubmitted',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { unitCode },
  });
  return {};
};
