import type { CompletionOutcome } from '../ticket/ticket.ts';
import type { Callback } from './callback.ts';

/** 基本满意 and better counts as satisfied (domain.md §5). */
const STILL_SATISFIED = 3;

/**
 * Content, and nothing contradicts the unit's report: a call that never came, a fact that is not so, or "resolved" that is not,
 * must be looked at even when the caller is polite about it.
 */
export function isSatisfied(call: Callback, outcome: CompletionOutcome | null): boolean {
  if (!call.reached || call.satisfaction === null || call.satisfaction > STILL_SATISFIED) return false;
  if (call.unitContacted === false || call.factTrue === false) return false;
  return !(call.solved === false && outcome === 'RESOLVED');
}
