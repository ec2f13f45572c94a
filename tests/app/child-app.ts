import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Seconds on a quiet machine; a busy one takes its time. */
const START_PATIENCE_MS = 240_000;

/** One for each test file: while another test builds its own, this one is not written to. */
let bundle: Promise<string> | undefined;

/** The server as `npm start` builds it: read as TypeScript it takes three times as long to start. */
async function buildServer(): Promise<string> {
  const folder = `dist/server-of-tests-${process.hrtime.bigint()}`;
  const env = { ...process.env, SERVER_BUNDLE: folder };
  await promisify(execFile)(process.execPath, ['scripts/build-server.js'], { cwd: root, env });
  process.once('exit', () => rmSync(path.join(root, folder), { recursive: true, force: true }));
  return path.join(folder, 'main.js');
}

/** The whole application in a process of its own, as `npm start` runs it. */
export interface ChildApp {
  address: string;
  /** kill -9: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM, as a container's end sends it. @returns the exit code */
  stop(): Promise<number | null>;
}

export async function startChild(environment: Record<string, string | undefined>): Promise<ChildApp> {
  bundle ??= buildServer();
  const child = spawn(process.execPath, ['--enable-source-maps', await bundle], {
    cwd: root,
    env: { ...process.env, PORT: '0', DEMO: 'on', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await addressOf(child);
  return {
    address,
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the application did not start:\n${said}`));
    }, START_PATIENCE_MS);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /Liandong: (http:\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`the application ended:\n${said}`));
    });
  });
}
