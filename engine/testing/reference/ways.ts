import type { Live } from './live.ts';
import type { Flow, Part } from './plan.ts';

export function flowsOf({ part: { type, outs } }: Live): Flow[] {
  if ((type !== 'xor' && type !== 'or') || outs.length < 2) return outs;
  const taken = outs.filter((flow) => flow.taken && !flow.usual);
  return taken.length > 0 ? taken : outs.filter((flow) => flow.usual);
}

/** Inclusive joins that nothing can reach any more by a flow that has no token yet. */
export function openJoins(waiting: Flow[], busy: Part[]): Part[] {
  const gateways = new Set(waiting.map(({ to }) => to).filter(({ type }) => type === 'or'));
  return [...gateways].filter((gateway) => {
    const missing = gateway.ins.filter((flow) => !waiting.includes(flow));
    const others = waiting.filter(({ to }) => to !== gateway).map(({ to }) => to);
    return ![...busy, ...others].some((part) => missing.some((flow) => leadsTo(part, flow, gateway)));
  });
}

/** One token of each flow opens a join. */
export function takeTokens({ ins }: Part, { waiting }: Live): void {
  for (const flow of ins) {
    const at = waiting.indexOf(flow);
    if (at >= 0) waiting.splice(at, 1);
  }
}

function leadsTo(from: Part, flow: Flow, stop: Part, seen = new Set<Part>()): boolean {
  if (from === stop || seen.has(from)) return false;
  seen.add(from);
  if (from.outs.includes(flow)) return true;
  const next = [...from.outs.map(({ to }) => to), ...from.events, ...(from.link ? [from.link] : [])];
  return next.some((part) => leadsTo(part, flow, stop, seen));
}
