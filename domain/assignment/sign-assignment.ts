import type { Actor } from '../account/actor.ts';
import { finishLimit } from '../deadline/finish-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext } from '../ports/job-step.ts';
import { moveTicket } from '../ticket/move-ticket.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Assignment } from './assignment.ts';

/**
 * The unit takes the ticket on; or the watch does so for it (`actor` SYSTEM), which locks it: then it may no longer be returned.
 * @throws Conflict('ticketChanged') when somebody was first
 */
export async function signAssignment(
  context: JobContext,
  actor: Actor,
  ticket: Ticket,
  assignment: Assignment,
): Promise<Ticket> {
  const { stores, now } = context;
  const { assignmentNo } = assignment;
  await stores.assignments.update(assignmentNo, { status: 'SIGNED', signedAt: now, signedBy: actor.accountId });
  const moved = await moveTicket(stores, ticket, 'sign');
  await finishLimit(context, actor, { assignmentNo, step: 'SIGN' });
  await recordEvent(stores, now, actor, {
    ticketNo: ticket.ticketNo,
    assignmentNo,
    type: 'assignmentSigned',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { unitCode: assignment.unitCode },
  });
  return moved;
}
