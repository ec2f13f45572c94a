import type { Actor } from '../account/actor.ts';
import { NotFound } from '../errors/not-found.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { Stores } from '../ports/stores.ts';
import type { Limit, LimitStep } from './limit.ts';
import { limitIdOf } from './limit-id.ts';
import { ruleFor } from './limit-rule.ts';
import { readLedger } from './read-ledger.ts';
import { tellWatch } from './tell-watch.ts';

export interface StartLimit {
  ticketNo: string;
  /** null for the limits of a ticket (DISPATCH, CALLBACK). */
  assignmentNo: string | null;
  /** What the limit is of: ticket, assignment or supervision order number. */
  ownerNo: string;
  step: LimitStep;
  /** As the DMN decided; a class without a rule of its own takes the rule of every class. */
  limitClass: string;
  startAt: number;
  /** A due time that does not come from the rule (a co-host's from its host's); the reason is kept in the ledger. */
  dueAt?: { at: number; reason: string };
}

/**
 * Opens a limit by the rule in force at `startAt` and answers it with its due time. A limit that is open already is answered
 * as it is; one that was closed (a second dispatch) is followed by `OWNER:STEP:2` and so on.
 * @throws NotFound('limitRule') when no rule is in force
 */
export async function startLimit(context: JobContext, actor: Actor, start: StartLimit): Promise<Limit> {
  const { stores, now } = context;
  const { limitId, open, before } = await freeLimitId(stores, limitIdOf(start.ownerNo, start.step));
  if (open) return open;
  const rule = ruleFor(await stores.limitRules.all(), start.limitClass, start.step, start.startAt);
  if (!rule) throw new NotFound('limitRule', `${start.limitClass}:${start.step}`);
  const calendar = await stores.calendar.load();
  const limit: Limit = {
    limitId,
    ticketNo: start.ticketNo,
    assignmentNo: start.assignmentNo,
    step: start.step,
    startAt: start.startAt,
    dueAt: null,
    pausedAt: null,
    doneAt: null,
    cancelledAt: null,
    ...firedAlarms(before, start.dueAt?.at),
  };
  await stores.limits.insert(limit);
  const base = { limitId, at: now, actorId: actor.accountId };
  const { factId } = await stores.limits.appendFact({
    ...base,
    kind: 'STARTED',
    reason: null,
    ruleId: rule.ruleId,
    limitClass: start.limitClass,
    amount: rule.amount,
    unit: rule.unit,
    source: rule.source,
    calendarVersion: calendar.version,
    startAt: start.startAt,
  });
  if (start.dueAt) {
    await stores.limits.appendFact({ ...base, kind: 'ADJUSTED', dueAt: start.dueAt.at, reason: start.dueAt.reason });
  }
  const { reading } = await readLedger(stores, limitId, async () => calendar);
  await stores.limits.update(limitId, { dueAt: reading.dueAt });
  // The watch of this assignment is under way already and has nothing in hand: it must plan anew.
  if (before) await tellWatch(context, limit, factId);
  return { ...limit, dueAt: reading.dueAt };
}

/** Work that is taken up again with the same due time is not reminded of it again. */
function firedAlarms(
  before: Limit | null,
  dueAt: number | undefined,
): Pick<Limit, 'remindedHalfAt' | 'reminded80At' | 'urgedAt' | 'orderedAt'> {
  if (before === null || dueAt === undefined || before.dueAt !== dueAt) {
    return { remindedHalfAt: null, reminded80At: null, urgedAt: null, orderedAt: null };
  }
  const { remindedHalfAt, reminded80At, urgedAt, orderedAt } = before;
  return { remindedHalfAt, reminded80At, urgedAt, orderedAt };
}

async function freeLimitId(
  stores: Stores,
  base: string,
): Promise<{ limitId: string; open: Limit | null; before: Limit | null }> {
  let before: Limit | null = null;
  for (let turn = 1; ; turn++) {
    const limitId = turn === 1 ? base : `${base}:${turn}`;
    const found = await stores.limits.find(limitId);
    if (!found) return { limitId, open: null, before };
    if (found.doneAt === null && found.cancelledAt === null) return { limitId, open: found, before };
    before = found;
  }
}
