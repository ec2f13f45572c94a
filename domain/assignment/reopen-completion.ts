import type { Actor } from '../account/actor.ts';
import { startLimit } from '../deadline/start-limit.ts';
import type { JobContext } from '../ports/job-step.ts';

/**
 * The completion was not accepted: the work is open again, due when it was due before. The finished limit stays in the ledger as it
 * was; its successor takes over start and due time, so that handing in too little never buys time.
 */
export async function reopenCompletion(context: JobContext, actor: Actor, assignmentNo: string): Promise<void> {
  const { stores } = context;
  await stores.assignments.update(assignmentNo, { status: 'SIGNED', approvedAt: null, submittedAt: null });
  const limits = await stores.limits.ofAssignment(assignmentNo);
  const last = limits
    .filter(({ step, doneAt }) => step === 'COMPLETE' && doneAt !== null)
    .toSorted((a, b) => (a.doneAt ?? 0) - (b.doneAt ?? 0))
    .at(-1);
  if (!last || last.dueAt === null) return;
  const [started] = await stores.limits.facts(last.limitId);
  if (started?.kind !== 'STARTED') return;
  await startLimit(context, actor, {
    ticketNo: last.ticketNo,
    assignmentNo,
    ownerNo: assignmentNo,
    step: 'COMPLETE',
    limitClass: started.limitClass,
    startAt: last.startAt,
    dueAt: { at: last.dueAt, reason: 'QUALITY_REJECTED' },
  });
}
