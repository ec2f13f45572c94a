import type { Live } from './live.ts';
import { watchedBy, type Part } from './plan.ts';

/** An event that is waited for. */
export interface Armed {
  live: Live;
  part: Part;
  dueAt: number;
}

export const startOf = (scope: Part): Part => scope.inside.find(({ type }) => type === 'start')!;

/** Where the event sub-processes of a scope begin. */
export const startsOf = ({ part, isBody }: Live): Part[] =>
  isBody ? [] : part.inside.filter(({ type }) => type === 'handler').map(startOf);

/** What can happen to it: it itself, what is at its boundary, event sub-processes. A round of a loop has no boundary. */
export function eventsOf(live: Live): Part[] {
  const { part, isBody } = live;
  const own = part.type === 'catch' && part.on !== 'link' ? [part] : [];
  const behind = part.type === 'race' ? part.outs.map(({ to }) => to) : [];
  const boundary = live.round === null || isBody ? part.events : [];
  return [...own, ...behind, ...boundary, ...startsOf(live)];
}

export const holds = ({ live, part }: Armed): boolean => ((live.get(watchedBy(part)) ?? 0) as number) > 0;

/**
 * The conditions that hold and see a variable that was changed, from the outside in; an interrupting one ends the asking
 * inside of where it happens.
 */
export function conditionsMet(all: Armed[], changed: Map<string, Live>): Armed[] {
  const met: Armed[] = [];
  const depth = ({ live }: Armed) => live.name.split('/').length;
  for (const armed of all.toSorted((a, b) => depth(a) - depth(b))) {
    const { live, part } = armed;
    const holder = changed.get(watchedBy(part));
    if (part.on !== 'condition' || !holder || !live.isWithin(holder) || !holds(armed)) continue;
    if (met.some((each) => each.part.interrupting && live.isWithin(each.live))) continue;
    met.push(armed);
  }
  return met;
}
