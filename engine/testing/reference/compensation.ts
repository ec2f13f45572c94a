import type { Done, Live } from './live.ts';
import type { Moves } from './moves.ts';
import type { Part } from './plan.ts';

/** What was done inside can be undone when they are over; not what an event sub-process did. */
const keeping = new Set<Part['type']>(['scope', 'adhoc', 'inner']);

export function remember(live: Live): void {
  const undo = live.round === null || live.isBody ? live.part.undo : null;
  const inside = live.isBody || keeping.has(live.part.type) ? live.done : [];
  if (undo || inside.length > 0) live.scope!.done.push({ undo, inside });
}

/**
 * All that was done around the thrower, and inside of that; from an event sub-process what is around that, too.
 * @returns whether there is anything that the thrower waits for
 */
export function undo(moves: Moves, thrower: Live): boolean {
  const scope = thrower.scope!;
  const scopes = scope.part.type === 'handler' ? [scope, scope.scope!] : [scope];
  const undoIt = ({ undo: job, inside }: Done) => {
    if (job) {
      thrower.undoing++;
      moves.go(job, scope, { undoesFor: thrower });
    }
    for (const each of inside) undoIt(each);
  };
  for (const each of scopes) for (const done of each.done.splice(0)) undoIt(done);
  return thrower.undoing > 0;
}

export function undone(moves: Moves, thrower: Live): void {
  if (--thrower.undoing === 0 && thrower.state === 'on') moves.leave(thrower);
}
