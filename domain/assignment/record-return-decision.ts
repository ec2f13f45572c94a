import { SYSTEM } from '../account/actor.ts';
import { cancelLimits } from '../deadline/cancel-limits.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import { loadAssignment } from './load-assignment.ts';

/** The second return on a ticket is no longer one unit's matter but goes to joint determination [S15(2)]; the drawing asks the same. */
const RETURNS_BEFORE_DETERMINATION = 2;

/** The return was upheld: the round is over and its clocks with it. */
export const recordReturnDecision: JobStep<{ ticketNo: string; assignmentNo: string }> = async (
  context,
  { ticketNo, assignmentNo },
) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const { unitCode } = await loadAssignment(stores, assignmentNo);
  await stores.assignments.update(assignmentNo, { status: 'RETURNED' });
  await cancelLimits(context, SYSTEM, { assignmentNo }, 'RETURNED');
  const act = ticket.returnCount >= RETURNS_BEFORE_DETERMINATION ? 'sendToDetermination' : 'upholdReturn';
  const moved = await moveTicket(stores, ticket, act, { hostUnitCode: null });
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'assignmentReturned',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { unitCode, returnCount: ticket.returnCount },
  });
  return {};
};
