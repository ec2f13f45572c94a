import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import { reconcileTasks } from '../domain/task/reconcile-tasks.ts';

/** The listeners keep the list exact; this heals what a migration, a modification or a restored backup left. */
const EVERY_MS = 60_000;

/** Compares our tasks with the engine's now and every minute; one pass at a time. */
export function startReconciliation(app: App, engine: ProcessEngine, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let pass = Promise.resolve();
  const next = () => {
    pass = reconcileTasks(app, engine)
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!stopped) log.warn({ err: error }, 'tasks cannot be compared with the engine');
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(next, EVERY_MS);
      });
  };
  timer = setTimeout(next, EVERY_MS / 10);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await pass;
    },
  };
}
