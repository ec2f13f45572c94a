import path from 'node:path';
import Database from 'better-sqlite3';
import { startBareServer } from './parts/bare-server.ts';
import { clientOf, startEngineProcess } from './parts/engine-process.ts';
import { count, figure, percentile, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { oneServiceTask } from './parts/models.ts';

const samples = count('BENCH_SAMPLES', 400);
const warmUp = 100;

/**
 * From the call that creates an instance to the SDK's handler of its first job, the engine idle, over loopback. The
 * instance and the hand-out of its job need one durable commit; a commit of that size is timed between the samples.
 * What the same client needs with a server that answers at once and does nothing is the part that no engine can save.
 */
export async function run(): Promise<Figure[]> {
  const { latenciesMs, commitsMs } = await inFolder(measureEngine);
  const bareMs = await measureBare();
  const at = (share: number) => {
    const [latencyMs, commitMs] = [percentile(latenciesMs, share), percentile(commitsMs, share)];
    return {
      aboveMs: Math.max(0, latencyMs - commitMs),
      details: { latencyMs: round(latencyMs), commitMs: round(commitMs) },
    };
  };
  const [p50, p99] = [at(0.5), at(0.99)];
  return [
    figure('engine-latency: p50 above the commit', 'ms', { ours: p50.aboveMs, most: 2 }, p50.details),
    figure('engine-latency: p99 above the commit', 'ms', { ours: p99.aboveMs, most: 10 }, p99.details),
    figure('engine-latency: p50 of the client with a server that does nothing', 'ms', {
      ours: percentile(bareMs, 0.5),
    }),
    figure('engine-latency: p99 of the client with a server that does nothing', 'ms', {
      ours: percentile(bareMs, 0.99),
    }),
  ];
}

async function measureEngine(folder: string) {
  const engine = await startEngineProcess(path.join(folder, 'data'));
  const resources = [new File([oneServiceTask('bench', 'work')], 'bench.bpmn')];
  await engine.client.createDeployment({ resources } as never);
  const commit = openCommit(path.join(folder, 'commit.sqlite'));
  const commitsMs: number[] = [];
  const latenciesMs = await sample(engine.client, () => commitsMs.push(commit()));
  await engine.stop();
  return { latenciesMs, commitsMs: commitsMs.slice(warmUp) };
}

async function measureBare(): Promise<number[]> {
  const server = await startBareServer();
  const latenciesMs = await sample(clientOf(server.address), () => {});
  server.stop();
  return latenciesMs;
}

async function sample(client: ReturnType<typeof clientOf>, between: () => void): Promise<number[]> {
  let arrived = (_at: number) => {};
  const worker = client.createJobWorker({
    jobType: 'work',
    workerName: 'bench',
    maxParallelJobs: 4,
    jobTimeoutMs: 60_000,
    jobHandler: (job) => {
      arrived(performance.now());
      return job.complete({});
    },
  });
  const latenciesMs: number[] = [];
  for (let index = 0; index < warmUp + samples; index++) {
    const handled = new Promise<number>((resolve) => (arrived = resolve));
    const startedAt = performance.now();
    await client.createProcessInstance({ processDefinitionId: 'bench', variables: { amount: 2 } } as never);
    latenciesMs.push((await handled) - startedAt);
    // the worker completes the job and asks for the next: then the engine is idle again
    await new Promise((resolve) => setTimeout(resolve, 15));
    between();
  }
  worker.stop();
  return latenciesMs.slice(warmUp);
}

/** @returns a function that writes about as many pages as such a command does, and says how long that took */
function openCommit(file: string): () => number {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const tables = Array.from({ length: 12 }, (_, index) => `t${index}`);
  for (const table of tables) db.exec(`CREATE TABLE ${table} (key INTEGER PRIMARY KEY, value TEXT)`);
  const inserts = tables.map((table) => db.prepare(`INSERT INTO ${table} (value) VALUES (?)`));
  const commit = db.transaction(() => {
    for (const insert of inserts) insert.run('a row of a command');
  });
  return () => {
    const startedAt = performance.now();
    commit();
    return performance.now() - startedAt;
  };
}
