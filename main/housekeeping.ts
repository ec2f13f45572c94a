import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Store } from '../store/open-store.ts';
import { repeat } from './repeat.ts';

const DAY_MS = 24 * 3_600_000;
const TIMES = { firstAfterMs: 60_000, everyMs: 3_600_000 };

/** An hour after the last time: what has served is taken away. Browsers come back within the day, jobs within minutes. */
export function startHousekeeping(store: Store, clock: Clock, log: Log): { stop(): Promise<void> } {
  return repeat(
    async () => {
      const now = clock.now();
      await store.prune({
        changesBefore: now - 7 * DAY_MS,
        sentBefore: now - 30 * DAY_MS,
        jobResultsBefore: now - 90 * DAY_MS,
      });
    },
    TIMES,
    (error) => log.warn({ err: error }, 'old rows cannot be taken away'),
  );
}
