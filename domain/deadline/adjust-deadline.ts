import type { Actor } from '../account/actor.ts';
import { demandOnTicket } from '../access/demand-on-ticket.ts';
import { DAY_MS } from '../calendar/shanghai-time.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import type { Limit } from './limit.ts';
import { moveDue } from './move-due.ts';
import { isOpen } from './open-limits.ts';

export interface AdjustDeadline {
  ticketNo: string;
  limitId: string;
  dueAt: number;
  reason: string;
  /** Of the ticket as the actor saw it. */
  expectedVersion?: number;
}

/** A due time years away is a slip of the keyboard. */
const MAX_AHEAD_MS = 3 * 366 * DAY_MS;

/**
 * An admin or the director sets a due time, forward or back, to any instant after the limit's start: one that has passed makes
 * the limit late, and the watch acts on it at once.
 * @throws InvalidInput('reason' | 'dueAt'), NotFound, NotAllowed, Conflict('limitClosed' | 'limitPaused' | 'ticketChanged')
 */
export function adjustDeadline(app: App, actor: Actor, input: AdjustDeadline): Promise<Limit> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { ticket } = await demandOnTicket(stores, actor, 'adjustDeadline', input.ticketNo);
    const limit = await stores.limits.find(input.limitId);
    if (limit?.ticketNo !== input.ticketNo) throw new NotFound('limit', input.limitId);
    if (!isOpen(limit)) throw new Conflict('limitClosed', { limitId: limit.limitId });
    if (limit.pausedAt !== null) throw new Conflict('limitPaused', { limitId: limit.limitId });
    const checks = new FieldChecks();
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    if (!Number.isSafeInteger(input.dueAt)) checks.add('dueAt', 'required');
    else if (input.dueAt <= limit.startAt) checks.add('dueAt', 'dueBeforeStart', { startAt: limit.startAt });
    else if (input.dueAt > now + MAX_AHEAD_MS) checks.add('dueAt', 'dueTooFar');
    else if (input.dueAt === limit.dueAt) checks.add('dueAt', 'dueUnchanged');
    checks.throwIfAny();
    await stores.tickets.update(ticket.ticketNo, input.expectedVersion ?? ticket.version, {});
    return moveDue(context, actor, limit, { kind: 'ADJUSTED', dueAt: input.dueAt, reason });
  });
}
