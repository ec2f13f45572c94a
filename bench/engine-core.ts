import path from 'node:path';
import { openEngine } from '../engine/open-engine.ts';
import { concurrently, deploy } from './parts/deploy.ts';
import { count, figure, percentile, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { twoServiceTasks } from './parts/models.ts';
import { measurePeer } from './parts/peer.ts';
import { measureSqlite } from './parts/sqlite-limit.ts';

const instances = count('BENCH_INSTANCES', 20_000);
const clients = count('BENCH_CLIENTS', 64);

/** The engine without HTTP against bpmn-engine 25, both durable at every wait. */
export async function run(): Promise<Figure[]> {
  const peer = await measurePeer(count('BENCH_PEER_INSTANCES', 400));
  const ours = await inFolder(measureOurs);
  const sqlite = await measureSqlite();
  return [
    figure('engine-core', 'instances/s', { ours: ours.perSecond, peer, least: 30 }, ours.details),
    figure('engine-core: CPU of the engine', 'µs/instance', { ours: ours.cpuMicros }),
    figure('engine-core: commits of SQLite', 'commits/s', { ours: sqlite.commitsPerSecond }),
    figure('engine-core: rows of SQLite', 'rows/s', { ours: sqlite.rowsPerSecond }),
    ...Object.entries(sqlite.instancesPerSecond).map(([share, perSecond]) =>
      figure(`engine-core: bare statements, ${share} instances to a commit`, 'instances/s', { ours: perSecond }),
    ),
  ];
}

export async function measureOurs(folder: string) {
  const engine = openEngine({ file: path.join(folder, 'engine.sqlite') });
  await deploy(engine, twoServiceTasks('bench'));
  const latenciesMs: number[] = [];
  let created = 0;
  let completed = 0;
  const create = () =>
    created++ < instances
      ? engine.execute({ type: 'process-instance.create', processDefinitionId: 'bench', variables: { amount: 2 } })
      : undefined;
  const work = async (type: 'first' | 'second') => {
    const poll = { type, worker: 'bench', timeoutMs: 60_000, maxJobs: clients, requestTimeoutMs: 200 };
    while (completed < instances) {
      for (const job of await engine.activateJobs(poll)) {
        const startedAt = performance.now();
        void engine.execute({ type: 'job.complete', jobKey: job.jobKey, variables: { done: true } }).then(() => {
          latenciesMs.push(performance.now() - startedAt);
          if (type === 'second') completed++;
        });
      }
    }
  };
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await Promise.all([concurrently(clients, create), ...(['first', 'first', 'second', 'second'] as const).map(work)]);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const { commands, commits } = engine.status();
  await engine.close();
  return {
    perSecond: instances / seconds,
    cpuMicros: (cpu.user + cpu.system) / instances,
    details: {
      instances,
      commands,
      commits,
      completionMedianMs: round(percentile(latenciesMs, 0.5)),
      completionP99Ms: round(percentile(latenciesMs, 0.99)),
    },
  };
}
