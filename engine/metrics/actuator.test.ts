import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import test from 'ava';
import { discountDecision } from '../rest/testing/order-process.ts';
import { startGrpcEngine } from '../grpc/testing/grpc-engine.ts';
import { oneTaskProcess } from '../rest/testing/order-process.ts';

type Running = Awaited<ReturnType<typeof startGrpcEngine>>;

const answerOf = async (engine: Running, where: string) => {
  const response = await fetch(`${engine.address}${where}`);
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
};

/** The value of one series, named as Prometheus names it, its labels in any order. */
async function metric(engine: Running, name: string, labels: Record<string, string> = {}) {
  const { text } = await answerOf(engine, '/actuator/prometheus');
  const line = text
    .split('\n')
    .find(
      (candidate) =>
        (candidate.startsWith(`${name}{`) || candidate.startsWith(`${name} `)) &&
        Object.entries(labels).every(([label, value]) => candidate.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
}

async function create(engine: Running, id: string) {
  return engine.bare.call('CreateProcessInstance', { bpmnProcessId: id, version: -1 });
}

test('what happened is counted once it is committed', async (t) => {
  const engine = await startGrpcEngine();
  t.teardown(() => engine.stop());
  const resources = [{ name: 'a.bpmn', content: Buffer.from(oneTaskProcess('counted', 'counted')) }];
  await engine.bare.call('DeployResource', { resources });
  for (let n = 0; n < 3; n++) await create(engine, 'counted');
  const activation = { type: 'counted', worker: 'w', timeout: 60_000, maxJobsToActivate: 3 };
  const [{ jobs }] = (await engine.bare.all('ActivateJobs', activation)) as any;
  await engine.bare.call('CompleteJob', { jobKey: jobs[0].key });
  await engine.bare.call('FailJob', { jobKey: jobs[1].key, retries: 0 });
  await t.throwsAsync(() => engine.bare.call('CompleteJob', { jobKey: 1 }));
  await answerOf(engine, '/no/such/path');

  const counts = async (name: string, labels: Record<string, string>) => metric(engine, name, labels);
  t.is(await counts('zeebe_element_instance_events_total', { action: 'activated', type: 'SERVICE_TASK' }), 3);
  t.is(await counts('zeebe_element_instance_events_total', { action: 'completed', type: 'PROCESS' }), 1);
  const job = { type: 'counted', job_kind: 'BPMN_ELEMENT' };
  t.is(await counts('zeebe_job_events_total', { ...job, action: 'created' }), 3);
  t.is(await counts('zeebe_job_events_total', { ...job, action: 'activated' }), 3);
  t.is(await counts('zeebe_job_events_total', { ...job, action: 'completed' }), 1);
  t.is(await counts('zeebe_job_events_total', { ...job, action: 'failed' }), 1);
  t.is(await counts('zeebe_incidents_events_total', { action: 'created' }), 1);
  t.is(await counts('zeebe_executed_instances_total', { action: 'activated', type: 'ROOT_PROCESS_INSTANCE' }), 3);
  t.is(await counts('zeebe_executed_instances_total', { action: 'completed' }), 1);
  const creations = (creation_mode: string) => counts('zeebe_process_instance_creations_total', { creation_mode });
  t.is(await creations('creation_at_default_start_event'), 3);
  t.is(await creations('creation_at_given_element'), 0);
  t.is(await metric(engine, 'zeebe_pending_incidents_total'), 1);
  t.is(await metric(engine, 'liandong_engine_active_process_instances'), 2);
  t.is(await metric(engine, 'liandong_engine_rejections_total'), 1);
  const calls = { method: 'CreateProcessInstance', statusCode: 'OK' };
  t.is(await counts('grpc_server_processing_duration_seconds_count', calls), 3);
  t.is(await counts('grpc_server_processing_duration_seconds_bucket', { ...calls, le: '+Inf' }), 3);
  const activations = { method: 'ActivateJobs', methodType: 'SERVER_STREAMING', statusCode: 'OK' };
  t.is(await counts('grpc_server_processing_duration_seconds_count', activations), 1);
  t.is(await counts('http_server_requests_seconds_count', { uri: 'UNKNOWN', status: '404' }), 1);
  t.true((await metric(engine, 'zeebe_log_appender_commit_latency_seconds_count'))! >= 6);
  t.true((await metric(engine, 'process_resident_memory_bytes'))! > 0);

  t.true(engine.said.some((line) => line.startsWith('incident raised {') && line.includes('JOB_NO_RETRIES')));

  const startInstructions = [{ elementId: 'work' }];
  await engine.bare.call('CreateProcessInstance', { bpmnProcessId: 'counted', version: -1, startInstructions });
  t.is(await creations('creation_at_given_element'), 1);
  t.is(await metric(engine, 'liandong_engine_active_process_instances'), 3);
  const dmn = [{ name: 'discount.dmn', content: Buffer.from(discountDecision) }];
  await engine.bare.call('DeployResource', { resources: dmn });
  const evaluate = (variables: object) =>
    engine.bare.call('EvaluateDecision', { decisionId: 'discount', variables: JSON.stringify(variables) });
  await evaluate({ amount: 5 });
  await evaluate({ amount: 500 });
  t.is(await counts('zeebe_evaluated_dmn_elements_total', { action: 'evaluated_successfully' }), 2);
  t.is(await counts('zeebe_evaluated_dmn_elements_total', { action: 'evaluated_failed' }), 0);
  const { type } = await answerOf(engine, '/actuator/prometheus');
  t.regex(type!, /^text\/plain; version=0\.0\.4/);
});

test('a database that cannot be written to is DOWN until it can', async (t) => {
  const engine = await startGrpcEngine();
  t.teardown(() => engine.stop());
  t.like(JSON.parse((await answerOf(engine, '/actuator/health')).text), {
    status: 'UP',
    components: { db: { status: 'UP' }, diskSpace: { status: 'UP' } },
  });
  t.is((await answerOf(engine, '/v2/status')).status, 204);
  const resources = [{ name: 'a.bpmn', content: Buffer.from(oneTaskProcess('lost', 'lost')) }];
  await engine.bare.call('DeployResource', { resources });

  // as a full disk does: the write fails and takes the whole transaction with it
  const saboteur = new Database(path.join(engine.dataDir, 'engine.sqlite'));
  for (const [name, event] of [
    ['full_1', 'INSERT ON process_instance'],
    ['full_2', 'UPDATE ON engine_meta'],
  ]) {
    saboteur.exec(`CREATE TRIGGER ${name} BEFORE ${event} BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END`);
  }
  await t.throwsAsync(() => create(engine, 'lost'), { message: /^13 INTERNAL: The engine could not write/ });
  const down = await answerOf(engine, '/actuator/health');
  t.is(down.status, 503);
  t.like(JSON.parse(down.text), { status: 'DOWN', components: { db: { status: 'DOWN' } } });
  t.is((await answerOf(engine, '/v2/status')).status, 503);
  t.like(await answerOf(engine, '/actuator/health/readiness'), { status: 503, text: '{"status":"OUT_OF_SERVICE"}' });
  t.like(await answerOf(engine, '/actuator/health/liveness'), { status: 200, text: '{"status":"UP"}' });
  t.is(await metric(engine, 'zeebe_health'), 0);
  const topology = await engine.bare.call('Topology', {});
  t.is(topology.brokers[0].partitions[0].health, 'UNHEALTHY');
  t.is(await metric(engine, 'zeebe_element_instance_events_total', { type: 'PROCESS' }), undefined);

  t.true(engine.said.some((line) => line.startsWith('nothing of a batch could be written {')));
  saboteur.exec('DROP TRIGGER full_1; DROP TRIGGER full_2');
  saboteur.close();
  while ((await answerOf(engine, '/actuator/health')).status !== 200) await wait(50);
  await create(engine, 'lost');
  t.is(await metric(engine, 'zeebe_element_instance_events_total', { type: 'PROCESS', action: 'activated' }), 1);
});

test('health is answered without credentials, metrics are not', async (t) => {
  const engine = await startGrpcEngine({ credentials: { username: 'li', password: 'secret' } });
  t.teardown(() => engine.stop());
  for (const where of ['/actuator/health', '/actuator/health/liveness', '/actuator/health/readiness']) {
    t.is((await answerOf(engine, where)).status, 200, where);
  }
  t.is((await answerOf(engine, '/actuator/prometheus')).status, 401);
});
