import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Camunda8 } from '@camunda8/sdk';

export interface EngineProcess {
  address: string;
  grpcAddress: string;
  /** From the start of the process until it answers. */
  startMs: number;
  client: ReturnType<typeof clientOf>;
  /** Memory that it holds now. */
  rssBytes(): number;
  cpuMs(): number;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run engine` on a folder, as a process of its own. */
export async function startEngineProcess(dataDir: string): Promise<EngineProcess> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'engine/main.ts', '--rest-port', '0', '--grpc-port', '0', '--data', dataDir],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ENGINE_LOG_LEVEL: 'warn' } },
  );
  const { address, grpcAddress } = await addressesOf(child);
  return {
    address,
    grpcAddress,
    startMs: performance.now() - startedAt,
    client: clientOf(address),
    rssBytes: () => Number(/VmRSS:\s+(\d+)/.exec(procfs(child, 'status'))![1]) * 1024,
    cpuMs: () => cpuMs(child),
    stop: () => stop(child),
  };
}

/** Camunda's own client as a program uses it: what the engine answers is not checked again. */
export function clientOf(address: string) {
  const camunda = new Camunda8({
    ZEEBE_REST_ADDRESS: address,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    CAMUNDA_SDK_VALIDATION: 'none',
  } as never);
  return camunda.getOrchestrationClusterApiClientLoose();
}

function addressesOf(child: ChildProcess): Promise<{ address: string; grpcAddress: string }> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /answers at (http:\/\/[^/]+)\/v2, gRPC at (\S+)/.exec(line);
      if (found) resolve({ address: found[1]!, grpcAddress: found[2]! });
    });
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)));
  });
}

const procfs = (child: ChildProcess, file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');

function cpuMs(child: ChildProcess): number {
  const [utime, stime] = procfs(child, 'stat').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
  const ticksPerSecond = 100;
  return ((utime! + stime!) / ticksPerSecond) * 1000;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
