import path from 'node:path';
import Database from 'better-sqlite3';
import { startEngineProcess } from './parts/engine-process.ts';
import { count, figure, percentile, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { oneServiceTask } from './parts/models.ts';

const samples = count('BENCH_SAMPLES', 400);
const warmUp = 100;

/**
 * From the call that creates an instance to the SDK's handler of its first job, the engine idle, over loopback. The
 * instance and the hand-out of its job need one durable commit; a commit of that size is timed between the samples.
 */
export async function run(): Promise<Figure[]> {
  const { latenciesMs, commitsMs } = await inFolder(measure);
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
  ];
}

async function measure(folder: string) {
  const engine = await startEngineProcess(path.join(folder, 'data'));
  const resources = [new File([oneServiceTask('bench', 'work')], 'bench.bpmn')];
  await engine.client.createDeployment({ resources } as never);
  let arrived = (_at: number) => {};
  const worker = engine.client.createJobWorker({
    jobType: 'work',
    workerName: 'bench',
    maxParallelJobs: 4,
    jobTimeoutMs: 60_000,
    jobHandler: (job) => {
      arrived(performance.now());
      return job.complete({});
    },
  });
  const commit = openCommit(path.join(folder, 'commit.sqlite'));
  const latenciesMs: number[] = [];
  const commitsMs: number[] = [];
  for (let sample = -warmUp; sample < samples; sample++) {
    const handled = new Promise<number>((resolve) => (arrived = resolve));
    const startedAt = performance.now();
    await engine.client.createProcessInstance({ processDefinitionId: 'bench', variables: { amount: 2 } } as never);
    const latencyMs = (await handled) - startedAt;
    // the worker completes the job and asks for the next: then the engine is idle again
    await new Promise((resolve) => setTimeout(resolve, 15));
    const commitMs = commit();
    if (sample < 0) continue;
    latenciesMs.push(latencyMs);
    commitsMs.push(commitMs);
  }
  worker.stop();
  await engine.stop();
  return { latenciesMs, commitsMs };
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
