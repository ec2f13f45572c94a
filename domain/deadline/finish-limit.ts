import type { Actor } from '../account/actor.ts';
import type { JobContext } from '../ports/job-step.ts';
import { lapseOrder } from '../supervision/lapse-order.ts';
import { type LimitSelector, openLimits } from './open-limits.ts';
import { readLedger } from './read-ledger.ts';

/** What had to be done in time is done: its open limits end now. None open is no error: an alarm may have been first. */
export async function finishLimit(context: JobContext, actor: Actor, selector: LimitSelector): Promise<void> {
  const { stores, now } = context;
  for (const { limitId, pausedAt, step } of await openLimits(stores, selector)) {
    const base = { limitId, at: now, actorId: actor.accountId, reason: null };
    // Done during a suspension: the pause ends with it, so that "in time or late" has a due time to be measured by.
    if (pausedAt !== null) await stores.limits.appendFact({ ...base, kind: 'RESUMED' });
    await stores.limits.appendFact({ ...base, kind: 'DONE' });
    const { reading } = await readLedger(stores, limitId);
    await stores.limits.update(limitId, { dueAt: reading.dueAt, pausedAt: null, doneAt: now });
    if (step === 'SUPERVISION_REPLY') await lapseOrder(context, actor, limitId, 'WORK_DONE');
  }
}
