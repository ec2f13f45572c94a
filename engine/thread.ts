import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Credentials } from './credentials.ts';
import type { EngineSettings } from './settings.ts';
import type { EngineStart } from './start-engine.ts';

export interface EngineThread {
  address: string;
  username: string;
  password: string;
  /** Ends the thread after the commands that were begun are on disk. */
  stop(): Promise<void>;
}

type Message = { address: string } | { failure: string } | { stopped: true };

/**
 * Runs the engine in a worker thread of this process: a busy engine never delays a page, and a kill leaves no orphan.
 * It listens on a loopback port (any free one by default) with basic auth, a random secret unless credentials are
 * given.
 * @throws Error with one sentence for people, e.g. when the folder cannot be written to
 */
export async function startEngineThread(options: {
  dataDir: string;
  credentials?: Credentials;
  port?: number;
  settings?: Partial<EngineSettings>;
}): Promise<EngineThread> {
  const credentials = options.credentials ?? { username: 'liandong', password: randomBytes(24).toString('base64url') };
  const start: EngineStart = {
    dataDir: options.dataDir,
    host: '127.0.0.1',
    restPort: options.port ?? 0,
    credentials,
    settings: options.settings,
  };
  const worker = new Worker(new URL('./thread-entry.js', import.meta.url), { workerData: start });
  const first = await nextMessage(worker);
  if (!('address' in first)) {
    await worker.terminate();
    throw new Error('failure' in first ? first.failure : 'The engine stopped before it had started.');
  }
  return { address: first.address, ...credentials, stop: () => stop(worker) };
}

function nextMessage(worker: Worker) {
  return new Promise<Message>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => resolve({ failure: 'The engine stopped before it had started.' }));
  });
}

async function stop(worker: Worker) {
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage('stop');
  await exited;
}
