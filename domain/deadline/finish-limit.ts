import type { Actor } from '../account/actor.ts';
import type { JobContext } from '../ports/job-step.ts';
import { type LimitSelector, openLimits } from './open-limits.ts';

/** What had to be done in time is done: its open limits end now. None open is no error: an alarm may have been first. */
export async function finishLimit({ stores, now }: JobContext, actor: Actor, selector: LimitSelector): Promise<void> {
  for (const limit of await openLimits(stores, selector)) {
    await stores.limits.appendFact({
      limitId: limit.limitId,
      at: now,
      actorId: actor.accountId,
      reason: null,
      kind: 'DONE',
    });
    await stores.limits.update(limit.limitId, { doneAt: now });
  }
}
