import { demand } from '../access/demand.ts';
import { type Actor, SYSTEM } from '../account/actor.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import { adjustDeadline } from './adjust-deadline.ts';
import { checkNewDue, demandRunning } from './check-new-due.ts';
import { type DueMove, type MovePreview, previewOf } from './due-move.ts';
import { dueFrom } from './limit-ledger.ts';
import { readLedger } from './read-ledger.ts';
import { addLimit, workingDaysBefore } from './working-time.ts';

/** SET: all to one instant. SHIFT: each by whole working days, forward or back. UNDO: each to before it was last set by hand. */
export type BulkChange = { kind: 'SET'; dueAt: number } | { kind: 'SHIFT'; workingDays: number } | { kind: 'UNDO' };

export interface AdjustDeadlines {
  limitIds: string[];
  change: BulkChange;
}

/** What stands in the way of one of them; `code` as in error.invalid, error.conflict, error.notAllowed. */
export interface Obstacle {
  limitId: string;
  kind: 'invalid' | 'conflict' | 'notAllowed' | 'notFound';
  code: string;
  params: Record<string, string | number>;
}

const MAX_LIMITS = 1000;
const MAX_SHIFT = 250;

/** What would move, late or not, and what stands in the way; nothing written. @throws InvalidInput, NotAllowed */
export async function previewAdjustments(
  app: App,
  actor: Actor,
  input: AdjustDeadlines,
): Promise<MovePreview & { obstacles: Obstacle[] }> {
  const { moves, obstacles } = await planned(app, actor, input);
  return { ...previewOf(moves), obstacles };
}

/**
 * One due time or a thousand, each in a transaction of its own: what cannot be moved is named and the rest is done.
 * @throws InvalidInput, NotAllowed
 */
export async function adjustDeadlines(
  app: App,
  actor: Actor,
  input: AdjustDeadlines & { reason: string },
): Promise<MovePreview & { obstacles: Obstacle[] }> {
  const checks = new FieldChecks();
  const reason = checks.text('reason', input.reason, { required: true, max: 500 }) ?? '';
  checks.throwIfAny();
  const { moves, obstacles } = await planned(app, actor, input);
  const moved: DueMove[] = [];
  for (const move of moves) {
    const { ticketNo, limitId, toDueAt: dueAt } = move;
    try {
      await adjustDeadline(app, actor, { ticketNo, limitId, dueAt, reason });
      moved.push(move);
    } catch (error) {
      obstacles.push(obstacleOf(limitId, error));
    }
  }
  return { ...previewOf(moved), obstacles };
}

async function planned(app: App, actor: Actor, { limitIds, change }: AdjustDeadlines) {
  demand(actor, 'adjustDeadlines');
  const checks = new FieldChecks();
  if (limitIds.length === 0) checks.add('limitIds', 'required');
  if (limitIds.length > MAX_LIMITS) checks.add('limitIds', 'tooLarge', { max: MAX_LIMITS });
  if (change.kind === 'SHIFT') {
    checks.number('workingDays', change.workingDays, { min: -MAX_SHIFT, max: MAX_SHIFT });
    if (!Number.isInteger(change.workingDays) || change.workingDays === 0) checks.add('workingDays', 'notWhole');
  }
  checks.throwIfAny();
  const moves: DueMove[] = [];
  const obstacles: Obstacle[] = [];
  const calendar = await app.stores.calendar.load();
  for (const limitId of new Set(limitIds)) {
    try {
      moves.push(await planOne(app, limitId, change, calendar));
    } catch (error) {
      obstacles.push(obstacleOf(limitId, error));
    }
  }
  return { moves, obstacles };
}

async function planOne(app: App, limitId: string, change: BulkChange, calendar: WorkingCalendar): Promise<DueMove> {
  const now = app.clock.now();
  const limit = await app.stores.limits.find(limitId);
  if (!limit) throw new NotFound('limit', limitId);
  demandRunning(limit);
  const toDueAt =
    change.kind === 'UNDO' ? await dueBeforeLastAdjustment(app, limitId) : changed(limit.dueAt, change, calendar);
  const checks = new FieldChecks();
  checkNewDue(checks, limit, toDueAt, now);
  checks.throwIfAny();
  const { ticketNo, assignmentNo, step, dueAt: fromDueAt } = limit;
  return { limitId, ticketNo, assignmentNo, step, fromDueAt, toDueAt, late: toDueAt <= now && fromDueAt > now };
}

function changed(dueAt: number, change: Exclude<BulkChange, { kind: 'UNDO' }>, calendar: WorkingCalendar): number {
  if (change.kind === 'SET') return change.dueAt;
  return change.workingDays > 0
    ? addLimit(dueAt, change.workingDays, 'WORKING_DAYS', calendar)
    : workingDaysBefore(dueAt, -change.workingDays, calendar);
}

/** @throws Conflict('nothingToUndo') when something has happened to the limit since, or nothing was set by hand */
async function dueBeforeLastAdjustment(app: App, limitId: string): Promise<number> {
  const { facts, calendar } = await readLedger(app.stores, limitId);
  const last = facts.at(-1);
  // A co-host's limit begins with a due time that the system has set: that is its start, not an adjustment.
  if (last?.kind !== 'ADJUSTED' || last.actorId === SYSTEM.accountId) throw new Conflict('nothingToUndo', { limitId });
  return dueFrom(facts.slice(0, -1), () => calendar).dueAt ?? Number.NaN;
}

function obstacleOf(limitId: string, error: unknown): Obstacle {
  if (error instanceof InvalidInput) {
    const [problem] = error.problems;
    return { limitId, kind: 'invalid', code: problem?.code ?? 'required', params: problem?.params ?? {} };
  }
  if (error instanceof Conflict) return { limitId, kind: 'conflict', code: error.code, params: error.params };
  if (error instanceof NotAllowed) return { limitId, kind: 'notAllowed', code: error.code, params: error.params };
  if (error instanceof NotFound) return { limitId, kind: 'notFound', code: error.kind, params: { id: error.id } };
  throw error;
}
