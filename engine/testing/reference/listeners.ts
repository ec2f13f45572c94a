import type { Live } from './live.ts';
import { transitionOf } from './tasks.ts';

/**
 * Execution listeners are told one after the other, each by a job.
 * @returns whether there is a next one that is waited for
 */
export function waitsForListener(live: Live, event: 'start' | 'end'): boolean {
  const at = live.listener ? live.listener.at + 1 : 0;
  const isHeard = !live.isBody && at < (live.part.listens?.[event] ?? 0);
  live.listener = isHeard ? { event, at } : null;
  return isHeard;
}

/** The type of the job that it waits for. */
export function jobOf(live: Live): string | null {
  const { part, listener, isBody, state } = live;
  const transition = transitionOf(live);
  if (transition) return `${part.id}_${transition.event}${transition.at}`;
  if (listener) return `${part.id}_${listener.event}${listener.at}`;
  return part.type === 'job' && !isBody && state === 'on' ? part.id : null;
}
