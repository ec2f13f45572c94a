import { SYSTEM } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { answerableUnit } from './first-handler-duty.ts';
import { loadAssignment } from './load-assignment.ts';

/** Counts the return on the ticket; until another unit signs, the first stays answerable [S15(1)]. */
export const recordPreliminaryCheck: JobStep<
  { ticketNo: string; assignmentNo: string },
  { returnCount: number }
> = async ({ stores, now }, { ticketNo, assignmentNo }) => {
  const ticket = await loadTicket(stores, ticketNo);
  const assignments = await stores.assignments.ofTicket(ticketNo);
  const { unitCode } = await loadAssignment(stores, assignmentNo);
  const returnCount = assignments.reduce((sum, assignment) => sum + assignment.returnCount, 0);
  await stores.tickets.update(ticketNo, ticket.version, { returnCount });
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'preliminaryCheckRecorded',
    data: { unitCode, returnCount, answerableUnitCode: answerableUnit(assignments) },
  });
  return { returnCount };
};
