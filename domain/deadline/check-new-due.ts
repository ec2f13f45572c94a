import { DAY_MS } from '../calendar/shanghai-time.ts';
import { Conflict } from '../errors/conflict.ts';
import type { FieldChecks } from '../errors/field-checks.ts';
import type { Limit } from './limit.ts';
import { isOpen } from './open-limits.ts';

/** A due time years away is a slip of the keyboard. */
const MAX_AHEAD_MS = 3 * 366 * DAY_MS;

/** @throws Conflict('limitClosed' | 'limitPaused'): only a running limit is set by hand. */
export function demandRunning(limit: Limit): asserts limit is Limit & { dueAt: number } {
  if (!isOpen(limit)) throw new Conflict('limitClosed', { limitId: limit.limitId });
  if (limit.pausedAt !== null || limit.dueAt === null) throw new Conflict('limitPaused', { limitId: limit.limitId });
}

/** Forward or back, to any instant after the start: one that has passed makes the limit late, and the watch acts at once. */
export function checkNewDue(checks: FieldChecks, limit: Limit, dueAt: unknown, now: number): void {
  if (typeof dueAt !== 'number' || !Number.isSafeInteger(dueAt)) checks.add('dueAt', 'required');
  else if (dueAt <= limit.startAt) checks.add('dueAt', 'dueBeforeStart', { startAt: limit.startAt });
  else if (dueAt > now + MAX_AHEAD_MS) checks.add('dueAt', 'dueTooFar');
  else if (dueAt === limit.dueAt) checks.add('dueAt', 'dueUnchanged');
}
