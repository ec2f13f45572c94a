import type { Actor } from '../account/actor.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { tellWatch } from '../deadline/tell-watch.ts';
import type { JobContext } from '../ports/job-step.ts';

/**
 * The completion was not accepted: the work is open again, due when it was due before. The finished limit stays in the ledger as it
 * was; its successor takes over start, due time and the alarms that have rung, so that handing in too little never buys time.
 */
export async function reopenCompletion(context: JobContext, actor: Actor, assignmentNo: string): Promise<void> {
  const { stores } = context;
  await stores.assignments.update(assignmentNo, { status: 'SIGNED', approvedAt: null, submittedAt: null });
  const finished = (await stores.limits.ofAssignment(assignmentNo)).filter(
    ({ step, doneAt }) => step === 'COMPLETE' && doneAt !== null,
  );
  const last = finished.toSorted((a, b) => (a.doneAt ?? 0) - (b.doneAt ?? 0)).at(-1);
  if (!last) return;
  const [started] = await stores.limits.facts(last.limitId);
  if (started?.kind !== 'STARTED') return;
  const { ticketNo, startAt, dueAt, remindedHalfAt, reminded80At, urgedAt, orderedAt } = last;
  const reopened = await startLimit(context, actor, {
    ticketNo,
    assignmentNo,
    ownerNo: assignmentNo,
    step: 'COMPLETE',
    limitClass: started.limitClass,
    startAt,
    // Finished while its clock rested, it had no due time: then it is counted from its start.
    ...(dueAt === null ? {} : { dueAt: { at: dueAt, reason: 'QUALITY_REJECTED' } }),
  });
  await stores.limits.update(reopened.limitId, { remindedHalfAt, reminded80At, urgedAt, orderedAt });
  await tellWatch(context, { ticketNo, assignmentNo }, reopened.limitId);
}
