import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { concurrently } from './parts/deploy.ts';
import { startEngineProcess, type EngineProcess } from './parts/engine-process.ts';
import { count, figure, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { twoServiceTasks } from './parts/models.ts';
import { measurePeer } from './parts/peer.ts';
import { RestCaller } from './parts/rest-caller.ts';

const instances = count('BENCH_INSTANCES', 10_000);
const clients = count('BENCH_CLIENTS', 64);
const warmUp = Math.ceil(instances / 10);

/** Three processes: the engine, the SDK's job workers, and this one, which creates the instances. */
export async function run(): Promise<Figure[]> {
  const peer = await measurePeer(count('BENCH_PEER_INSTANCES', 400));
  const rest = await inFolder((folder) => measureOurs(folder, 'rest'));
  const grpc = await inFolder((folder) => measureOurs(folder, 'grpc'));
  return [
    figure('engine-rest', 'instances/s', { ours: rest.perSecond, peer, least: 8 }, rest.details),
    figure(
      'engine-rest: jobs streamed over gRPC',
      'instances/s',
      { ours: grpc.perSecond, peer, least: 8 },
      grpc.details,
    ),
  ];
}

async function measureOurs(folder: string, jobs: 'rest' | 'grpc') {
  const engine = await startEngineProcess(folder);
  await engine.client.createDeployment({ resources: [new File([twoServiceTasks('bench')], 'bench.bpmn')] } as never);
  const workers = startWorkers(engine, jobs);
  const caller = new RestCaller(engine.address);
  const complete = async (wanted: number) => {
    let created = 0;
    await concurrently(clients, () => {
      const body = { processDefinitionId: 'bench', variables: { amount: 2 }, awaitCompletion: false };
      return created++ < wanted ? caller.post('/v2/process-instances', body) : undefined;
    });
    await untilNoneIsActive(caller);
  };
  await complete(warmUp);
  const startedAt = performance.now();
  const cpuBefore = engine.cpuMs();
  await complete(instances);
  const seconds = (performance.now() - startedAt) / 1000;
  const details = { instances, engineCpuMicros: round(((engine.cpuMs() - cpuBefore) / instances) * 1000) };
  workers.kill();
  caller.close();
  await engine.stop();
  return { perSecond: instances / seconds, details };
}

function startWorkers({ address, grpcAddress }: EngineProcess, jobs: 'rest' | 'grpc') {
  const entry = jobs === 'rest' ? './parts/worker-process.ts' : './parts/stream-process.ts';
  const where = jobs === 'rest' ? [address, String(clients)] : [grpcAddress];
  const file = fileURLToPath(new URL(entry, import.meta.url));
  return fork(file, [...where, 'first', 'second'], { execArgv: ['--import', 'tsx'] });
}

async function untilNoneIsActive(caller: RestCaller): Promise<void> {
  const body = { filter: { state: 'ACTIVE', processDefinitionId: 'bench' }, page: { limit: 1 } };
  for (;;) {
    const found = (await caller.post('/v2/process-instances/search', body)) as { items: unknown[] };
    if (found.items.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
