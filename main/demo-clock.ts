import type { Clock } from '../domain/clock.ts';
import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import type { Stores } from '../domain/ports/stores.ts';

const SETTING = 'clockOffsetMs';
const REPIN_MS = 1000;
/** Past the due time, so that whoever asks "is it over?" is told yes. */
const JUST_AFTER_MS = 1000;

/** Business time of a demonstration: real time plus an offset that people may change. */
export interface DemoClock extends Clock {
  offsetMs(): number;
  advance(ms: number): Promise<void>;
  /** Moves to just after the next open limit's due time; answers the new instant, or null when nothing is due. */
  toNextDeadline(): Promise<number | null>;
  /** To an instant, earlier than now too: the demonstration's past is played so. */
  moveTo(at: number): Promise<void>;
  reset(): Promise<void>;
  /** The engine's clock is pinned, so that it goes on only by being pinned anew. */
  keepEngineInStep(engine: ProcessEngine, log: Log): Promise<void>;
  stop(): void;
}

export async function openDemoClock(
  stores: Stores,
  transaction: App['transaction'],
  realClock: Clock,
): Promise<DemoClock> {
  let offsetMs = Number((await stores.settings.get(SETTING)) ?? 0);
  let engine: ProcessEngine | undefined;
  let timer: NodeJS.Timeout | undefined;
  const now = () => realClock.now() + offsetMs;

  async function setOffset(wanted: number) {
    await transaction(async (inside) => {
      await inside.settings.set(SETTING, String(wanted));
      await inside.changes.append({ kind: 'CLOCK', subject: 'clock', groups: [], accountId: null });
    });
    // Ours first: what the engine's timers call must find the instant here already reached.
    offsetMs = wanted;
    await pin();
  }
  async function pin() {
    if (offsetMs === 0) await engine?.resetClock();
    else await engine?.pinClock(now());
  }
  return {
    now,
    offsetMs: () => offsetMs,
    advance: (ms) => setOffset(offsetMs + ms),
    moveTo: (at) => setOffset(at - realClock.now()),
    reset: () => setOffset(0),
    async toNextDeadline() {
      const dues = (await stores.limits.open()).flatMap(({ dueAt }) =>
        dueAt !== null && dueAt > now() ? [dueAt] : [],
      );
      if (dues.length === 0) return null;
      await setOffset(Math.min(...dues) + JUST_AFTER_MS - realClock.now());
      return now();
    },
    async keepEngineInStep(pinned, log) {
      engine = pinned;
      await pin();
      timer = setInterval(() => {
        if (offsetMs !== 0)
          pin().catch((error: unknown) => log.warn({ err: error }, 'the engine’s clock cannot be set'));
      }, REPIN_MS);
    },
    stop: () => clearInterval(timer),
  };
}
