import { Live } from './live.ts';
import type { Moves, Values } from './moves.ts';
import type { Part } from './plan.ts';

export function beginLoop(moves: Moves, body: Live): void {
  const { items, sequential } = body.part.loop!;
  body.locals.set(`list_${body.part.id}`, Array<unknown>(items).fill(null));
  if (items === 0) moves.leave(body);
  for (let at = 0; at < (sequential ? Math.min(1, items) : items); at++) beginRound(moves, body);
}

function beginRound(moves: Moves, body: Live): void {
  const { part } = body;
  const round = ++body.begun;
  const locals: Values = new Map<string, unknown>([
    ['loopCounter', round],
    ['item', 9 + round],
  ]);
  // the variable of the output is there from the beginning, so that a result fills it and not one further out
  if (gathers(part)) locals.set(`v_${part.id}`, null);
  moves.go(part, body, { round, locals });
}

/** A round is about to be left: its answer is kept, and whether it ends the loop. */
export function concludeRound(live: Live): void {
  const { part, scope } = live;
  const body = scope!;
  const answer = live.get(gathers(part) ? `v_${part.id}` : 'item');
  // a new list: whoever was given the old one keeps it
  body.locals.set(`list_${part.id}`, body.gathered.with(live.round! - 1, answer));
  const { until } = part.loop!;
  if (until !== null && body.completed + 1 >= until) live.endsAll = true;
}

export function roundGone(moves: Moves, body: Live, done?: Live): void {
  const { items, sequential } = body.part.loop!;
  if (done) body.completed++;
  if (done?.endsAll && !body.endsAll) {
    body.endsAll = true;
    moves.endInside(body);
  }
  if (sequential && !body.endsAll && body.begun < items) beginRound(moves, body);
  else if (moves.isEmpty(body)) moves.leave(body);
}

export function beginInner(moves: Moves, adHoc: Live, part: Part): void {
  const inner = new Live(adHoc.part.inside[0]!, { scope: adHoc });
  inner.locals.set('any', null);
  moves.lives.push(inner);
  moves.go(part, inner);
}

/** An inner instance is about to be left: its answer is gathered, and whether it ends the sub-process. */
export function concludeInner(moves: Moves, inner: Live): void {
  const adHoc = inner.scope!;
  const name = `done_${adHoc.part.id}`;
  const list = [...(adHoc.get(name) as unknown[]), inner.get('any')];
  const { until } = adHoc.part;
  if (until !== null && list.length >= until) inner.endsAll = true;
  moves.set(adHoc, new Map([[name, list]]));
}

export function innerGone(moves: Moves, adHoc: Live, done?: Live): void {
  const { until, cancels } = adHoc.part;
  const isMet = done?.endsAll ?? false;
  if (isMet && cancels && !adHoc.endsAll) {
    adHoc.endsAll = true;
    moves.endInside(adHoc);
  }
  // where it cancels nothing a condition that was met earlier is not remembered
  const mayEnd = adHoc.endsAll || isMet || until === null || !done;
  if (mayEnd && moves.isEmpty(adHoc)) moves.leave(adHoc);
}

const gathers = ({ type, mapped }: Part): boolean => type === 'job' && !mapped;
