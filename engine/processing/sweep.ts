import type { EngineSettings } from '../settings.ts';
import { jobPhase } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { deliverPostponedSignal, skipPostponedSignal } from './broadcast-signal.ts';
import { fireTimer } from './fire-timer.ts';
import type { Run } from './run.ts';
import type { Act } from './runner.ts';
import { setAside } from './set-aside.ts';

/**
 * What has become due, in bounded batches, each timer a unit of work of its own.
 * @param maxMs no further timer fires after so long: commands wait meanwhile
 */
export function sweep(
  state: State,
  settings: EngineSettings,
  now: number,
  maxMs: number,
  perform: (act: Act) => 'done' | 'failed',
): void {
  const { queries } = state;
  const startedAt = performance.now();
  for (const key of queries.dueTimers.all(now, settings.maxSweepRows) as number[]) {
    const fired = perform((run) => {
      const timer = run.state.timers.get(key);
      // one that fired before may have ended what this one belongs to
      if (timer) fireTimer(run, timer);
    });
    if (fired === 'failed') perform((run) => setAside(run, 'timer', key));
    if (performance.now() - startedAt > maxMs) break;
  }
  deliverSignals(state, settings, perform);
  const dueJobs = queries.dueJobs.all(now, settings.maxSweepRows) as number[];
  sweepRows('job', dueJobs, releaseJobs, perform);
  const expired = queries.expiredMessages.all(now, settings.maxSweepRows) as number[];
  sweepRows('message', expired, expireMessages, perform);
}

/** Signals that more instances wait for than one command triggers, each instance a unit of work of its own. */
function deliverSignals(state: State, settings: EngineSettings, perform: (act: Act) => 'done' | 'failed'): void {
  let left = settings.maxSweepRows;
  for (const key of state.queries.undeliveredSignals.all(settings.maxSweepRows) as number[]) {
    for (let more = true; more && left > 0; left--) {
      const performed = perform((run) => {
        more = deliverPostponedSignal(run, key) === 'more';
      });
      if (performed === 'failed') perform((run) => skipPostponedSignal(run, key));
    }
  }
}

/** All in one unit of work; where that fails one by one, so that only what fails itself is set aside. */
function sweepRows(
  table: 'job' | 'message',
  keys: number[],
  act: (run: Run, keys: number[]) => void,
  perform: (act: Act) => 'done' | 'failed',
): void {
  if (keys.length === 0 || perform((run) => act(run, keys)) === 'done') return;
  for (const key of keys) {
    if (perform((run) => act(run, [key])) === 'failed') perform((run) => setAside(run, table, key));
  }
}

/** Jobs whose worker has said nothing in time, and jobs whose back-off is over, are there to be taken again. */
function releaseJobs(run: Run, keys: number[]): void {
  for (const key of keys) {
    const job = run.state.jobs.get(key)!;
    const state = job.phase === jobPhase.activated ? 'TIMED_OUT' : job.state;
    run.emit('job.available', job, { phase: jobPhase.activatable, state, dueAt: null, updatedAt: run.now });
  }
}

function expireMessages(run: Run, keys: number[]): void {
  for (const key of keys) run.emit('message.expired', run.state.messages.get(key)!);
}
