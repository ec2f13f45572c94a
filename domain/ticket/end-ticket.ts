import type { Actor } from '../account/actor.ts';
import { cancelLimits } from '../deadline/cancel-limits.ts';
import type { JobContext } from '../ports/job-step.ts';

/** With the ticket end its clocks and its units' work; what was returned or waived stays that. */
export async function endAssignments(
  context: JobContext,
  actor: Actor,
  ticketNo: string,
  reason: string,
): Promise<void> {
  const { stores } = context;
  for (const { assignmentNo, status } of await stores.assignments.ofTicket(ticketNo)) {
    if (status !== 'RETURNED' && status !== 'WAIVED' && status !== 'CLOSED')
      await stores.assignments.update(assignmentNo, { status: 'CLOSED' });
  }
  await cancelLimits(context, actor, { ticketNo }, reason);
}
