import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import { reconcileTasks } from '../domain/task/reconcile-tasks.ts';
import { repeat } from './repeat.ts';

/** The listeners keep the list exact; this heals what a migration, a modification or a restored backup left. */
const TIMES = { firstAfterMs: 6_000, everyMs: 60_000 };

/** Compares our tasks with the engine's soon and then every minute. */
export const startReconciliation = (app: App, engine: ProcessEngine, log: Log) =>
  repeat(
    () => reconcileTasks(app, engine),
    TIMES,
    (error) => log.warn({ err: error }, 'tasks cannot be compared with the engine'),
  );
