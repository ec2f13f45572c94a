import type { App } from './app.ts';
import type { JobContext } from './job-step.ts';

/** One transaction, with what functions that run inside one are given: its stores and both clocks, read once. */
export function transact<T>(app: App, work: (context: JobContext) => Promise<T>): Promise<T> {
  const now = app.clock.now();
  const realNow = app.realClock.now();
  return app.transaction((stores) => work({ stores, now, realNow }));
}
