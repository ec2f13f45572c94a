import type { Live } from './live.ts';
import type { Moves, Values } from './moves.ts';
import type { Hears } from './process-tree.ts';

/** A change of a user task that waits for its listeners; `at`: how many of them have let it pass. */
export interface Transition {
  event: keyof Hears;
  at: number;
  assignee?: string | null;
  values?: Values;
}

export interface Task {
  /** Nobody has it yet where null. */
  assignee: string | null;
  transition: Transition | null;
}

export const transitionOf = ({ task }: Live): Transition | null => task?.transition ?? null;

export function beginTask(moves: Moves, live: Live): void {
  live.task = { assignee: null, transition: null };
  beginTransition(moves, live, { event: 'creating', at: 0 });
}

/** What waited for listeners before is overtaken. */
export function beginTransition(moves: Moves, live: Live, transition: Transition): void {
  const { event, at } = transition;
  live.task!.transition = transition;
  if (at < (live.part.hears?.[event] ?? 0)) return;
  live.task!.transition = null;
  finish(moves, live, transition);
}

function finish(moves: Moves, live: Live, { event, assignee = null, values }: Transition): void {
  if (event === 'creating' && live.part.assigned) {
    beginTransition(moves, live, { event: 'assigning', at: 0, assignee: 'model' });
  } else if (event === 'assigning') live.task!.assignee = assignee;
  else if (event === 'completing') {
    live.task = null;
    live.result = values!;
    moves.leave(live);
  } else if (event === 'canceling') {
    live.task = null;
    moves.end(live);
  }
}
