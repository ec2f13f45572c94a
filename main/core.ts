import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { startOutboxDispatcher } from '../camunda/outbox-dispatcher.ts';
import { readBpmn } from '../camunda/read-bpmn.ts';
import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { allWorkers } from '../workers/all-workers.ts';
import { taskListenerHandler } from '../workers/liandong-task.ts';
import { stepHandler } from '../workers/run-step.ts';
import { buildApp, realClock } from './app.ts';
import { openDemoClock, type DemoClock } from './demo-clock.ts';
import { openEngine } from './engine-source.ts';
import { startHousekeeping } from './housekeeping.ts';
import { startReconciliation } from './reconciliation.ts';
import { seedDefaults } from './seed-defaults.ts';
import type { Settings } from './settings.ts';
import { shipAtStart } from './ship.ts';

const STOP_PATIENCE_MS = 5000;

/** Everything but the pages: database, engine, workers, outbox, clock. */
export interface Core {
  app: App;
  engine: ProcessEngine;
  embeddedEngine: boolean;
  store: Store;
  clock: DemoClock;
  stop(): Promise<void>;
}

/** Undoes what was begun, last first, however far a start has come. */
class Closers {
  private readonly steps: (() => Promise<unknown> | void)[] = [];
  add(step: () => Promise<unknown> | void) {
    this.steps.unshift(step);
  }
  async close() {
    for (const step of this.steps.splice(0)) await step();
  }
}

/** @throws StartFailure, and system errors that start-failure.ts has a sentence for */
export async function startCore(settings: Settings, piiKey: string, log: Log): Promise<Core> {
  const closers = new Closers();
  try {
    return await start(settings, piiKey, log, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(settings: Settings, piiKey: string, log: Log, closers: Closers): Promise<Core> {
  const { databaseUrl } = settings;
  const store = await openStore({ databaseUrl, file: path.join(settings.dataDir, 'liandong.sqlite'), piiKey });
  closers.add(() => store.close());
  await store.migrate();
  const source = await openEngine(settings, log);
  closers.add(() => source.stop());
  const { engine } = source.connection;

  let wake = () => {};
  const clock = await openDemoClock(store.stores, store.transaction, realClock);
  const app = buildApp(store, clock, () => wake());
  await seedDefaults(app);
  await shipAtStart(app, { engine, readBpmn }, settings, log);
  if (source.embedded) {
    closers.add(() => clock.stop());
    await clock.keepEngineInStep(engine, log);
  }
  const handlers = [taskListenerHandler(app), ...allWorkers.map((worker) => stepHandler(app, worker))];
  const subscription = source.connection.subscribe(handlers);
  closers.add(() => subscription.stop(STOP_PATIENCE_MS));
  // The embedded engine is one process's alone: what that name still holds was claimed by one that died.
  const nodeId = source.embedded ? 'embedded' : randomUUID();
  await store.stores.outbox.releaseClaims(nodeId);
  const dispatcher = startOutboxDispatcher({ app, engine, log, nodeId });
  // Before the workers: a completion under way is answered only when its listener's job is.
  closers.add(() => dispatcher.stop());
  wake = dispatcher.wake;
  const reconciliation = startReconciliation(app, engine, log);
  closers.add(() => reconciliation.stop());
  const housekeeping = startHousekeeping(store, realClock, log);
  closers.add(() => housekeeping.stop());
  return { app, engine, embeddedEngine: source.embedded, store, clock, stop: () => closers.close() };
}
