import type { Stores } from '../ports/stores.ts';
import type { Limit, LimitFact, LimitStep } from './limit.ts';

/** One open limit whose due time a change would move. */
export interface DueMove {
  limitId: string;
  ticketNo: string;
  assignmentNo: string | null;
  step: LimitStep;
  fromDueAt: number;
  toDueAt: number;
  /** It would be over at once. */
  late: boolean;
}

/** "These 43 open limits would move; 7 would be late." */
export interface MovePreview {
  total: number;
  late: number;
  /** The first of them. */
  moves: DueMove[];
}

const SHOWN = 200;

export function previewOf(moves: readonly DueMove[]): MovePreview {
  return { total: moves.length, late: moves.filter(({ late }) => late).length, moves: moves.slice(0, SHOWN) };
}

/**
 * Asks of every open limit that has a due time when it would be due; `touches` sorts out cheaply those that cannot move.
 * Paused limits are left out: they are reckoned anew when they run on.
 */
export async function movesBy(
  stores: Stores,
  now: number,
  touches: (limit: Limit) => boolean,
  dueAfter: (facts: LimitFact[], limit: Limit) => number | null | Promise<number | null>,
): Promise<{ limit: Limit; move: DueMove }[]> {
  const found: { limit: Limit; move: DueMove }[] = [];
  for (const limit of await stores.limits.open()) {
    const { limitId, ticketNo, assignmentNo, step, dueAt: fromDueAt } = limit;
    if (fromDueAt === null || !touches(limit)) continue;
    const toDueAt = await dueAfter(await stores.limits.facts(limitId), limit);
    if (toDueAt === null || toDueAt === fromDueAt) continue;
    const late = toDueAt <= now && fromDueAt > now;
    found.push({ limit, move: { limitId, ticketNo, assignmentNo, step, fromDueAt, toDueAt, late } });
  }
  return found;
}
