import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineConnection } from '../camunda/connect-engine.ts';
import type { Log } from '../domain/ports/log.ts';
import { startEngineThread } from '../engine/thread.ts';
import type { Settings } from './settings.ts';
import { StartFailure } from './start-failure.ts';

const DAY_MS = 24 * 3_600_000;
const CLUSTER_PATIENCE_MS = 60_000;
const CLUSTER_RETRY_MS = 1000;

export interface EngineSource {
  connection: EngineConnection;
  embedded: boolean;
  stop(): Promise<void>;
}

/** The embedded engine in a thread of this process, or the cluster at CAMUNDA_REST_ADDRESS. @throws StartFailure */
export async function openEngine(settings: Settings, log: Log): Promise<EngineSource> {
  if (settings.camundaAddress !== undefined) return openCluster(settings.camundaAddress, log);
  const dataDir = path.join(settings.dataDir, 'engine');
  mkdirSync(dataDir, { recursive: true });
  const starting = startEngineThread({
    dataDir,
    settings: { historyRetentionMs: settings.engineHistoryDays * DAY_MS },
  }).catch((error: unknown) => {
    throw embeddedFailure(error, settings.dataDir);
  });
  // The SDK is slow to load: meanwhile the engine starts on the other core.
  const [{ connectEngine }, thread] = await Promise.all([import('../camunda/connect-engine.ts'), starting]);
  const { username, password } = thread;
  return {
    connection: connectEngine({ address: thread.address, credentials: { username, password } }, log),
    embedded: true,
    stop: () => thread.stop(),
  };
}

function embeddedFailure(error: unknown, dataDir: string) {
  const message = error instanceof Error ? error.message : String(error);
  if (/in use by another engine/.test(message)) {
    return new StartFailure(
      `Liandong is already running with the folder ${dataDir}: use that one, stop it, or choose another folder with DATA_DIR.`,
    );
  }
  return new StartFailure(message.replaceAll('--data', 'DATA_DIR'));
}

async function openCluster(address: string, log: Log): Promise<EngineSource> {
  const { connectEngine } = await import('../camunda/connect-engine.ts');
  const connection = connectEngine({ address }, log);
  const until = Date.now() + CLUSTER_PATIENCE_MS;
  while (!(await connection.engine.isReady())) {
    if (Date.now() > until) {
      throw new StartFailure(
        `No Camunda 8 answers at ${address}: check CAMUNDA_REST_ADDRESS and, where it asks for them, CAMUNDA_AUTH_STRATEGY and its credentials.`,
      );
    }
    await sleep(CLUSTER_RETRY_MS);
  }
  return { connection, embedded: false, stop: async () => {} };
}
