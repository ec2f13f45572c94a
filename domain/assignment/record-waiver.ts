import { SYSTEM } from '../account/actor.ts';
import { cancelLimits } from '../deadline/cancel-limits.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadAssignment } from './load-assignment.ts';

/** The co-host's work has been given up with a reason (waive-co-host): its task has ended, its clock ends too. */
export const recordWaiver: JobStep<{ ticketNo: string; assignmentNo: string }> = async (
  context,
  { ticketNo, assignmentNo },
) => {
  const { stores, now } = context;
  const { unitCode, waiverReason } = await loadAssignment(stores, assignmentNo);
  await stores.assignments.update(assignmentNo, { status: 'WAIVED' });
  await cancelLimits(context, SYSTEM, { assignmentNo }, 'WAIVED');
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'coHostWaived',
    reason: waiverReason,
    data: { unitCode },
  });
  return {};
};
