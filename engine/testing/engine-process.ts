import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface EngineProcess {
  /** `http://host:port`, without the `/v2`. */
  address: string;
  pid: number;
  /** What it has written to standard error, but for what its log says in passing. */
  errors: () => string;
  kill: (signal?: NodeJS.Signals) => Promise<void>;
}

export interface EngineProcessOptions {
  args?: string[];
  /** Kills it though it may not have started yet. */
  killAt?: AbortSignal;
  /** Further variables of its environment. */
  environment?: Record<string, string>;
}

/** A whole engine as a process of its own, on a port that the system gives. */
export async function startEngineProcess(
  dataDir: string,
  { args = [], killAt, environment }: EngineProcessOptions = {},
): Promise<EngineProcess> {
  const engine = [
    '--import',
    'tsx',
    'engine/main.ts',
    '--rest-port',
    '0',
    '--grpc-port',
    '0',
    '--data',
    dataDir,
    ...args,
  ];
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, engine, { env, signal: killAt, killSignal: 'SIGKILL' });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /answers at (\S+)\/v2/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('error', reject);
    child.once('exit', () => reject(new Error(`the engine did not start: ${output}${errors}`)));
  });
  return {
    address,
    pid: child.pid!,
    errors: () => errors.replace(/^\{"level":[1-4]\d,.*\n/gm, ''),
    kill: (signal) => kill(child, signal),
  };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
