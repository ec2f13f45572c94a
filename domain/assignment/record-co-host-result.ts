import { SYSTEM } from '../account/actor.ts';
import { unitGroup } from '../account/unit-groups.ts';
import { finishLimit } from '../deadline/finish-limit.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadAssignment } from './load-assignment.ts';

/** The co-host's share is done: its clock ends, and its host is told that there is an opinion to work with. */
export const recordCoHostResult: JobStep<{ ticketNo: string; assignmentNo: string }> = async (
  context,
  { ticketNo, assignmentNo },
) => {
  const { stores } = context;
  const { unitCode, hostAssignmentNo, status } = await loadAssignment(stores, assignmentNo);
  if (status !== 'SUBMITTED')
    await stores.assignments.update(assignmentNo, { status: 'SUBMITTED', submittedAt: context.now });
  await finishLimit(context, SYSTEM, { assignmentNo });
  const host = hostAssignmentNo === null ? undefined : await stores.assignments.find(hostAssignmentNo);
  if (host) {
    await notifyGroup(context, unitGroup(host.unitCode), {
      ticketNo,
      type: 'coHostSubmitted',
      data: { ticketNo, assignmentNo, unitCode },
    });
  }
  return {};
};
