import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { oneTaskProcess } from '../rest/testing/order-process.ts';
import { freshFolder, sdkClient, startGrpcEngine } from './testing/grpc-engine.ts';

const engine = await startGrpcEngine();
const { bare } = engine;
test.after.always(() => engine.stop());

async function deploy(id: string, on = engine) {
  const content = Buffer.from(oneTaskProcess(id, id));
  await on.bare.call('DeployResource', { resources: [{ name: `${id}.bpmn`, content }] });
}
const create = (id: string, variables: object = {}) =>
  bare.call('CreateProcessInstance', { bpmnProcessId: id, version: -1, variables: JSON.stringify(variables) });

/** A stream whose jobs are kept until they are taken. */
function openStream(type: string, more: object = {}) {
  const stream = bare.stream('StreamActivatedJobs', { type, worker: 'streamer', timeout: 300_000, ...more });
  const jobs: any[] = [];
  stream.on('data', (job) => void jobs.push(job));
  stream.on('error', () => {});
  return {
    stream,
    jobs,
    async take(count: number) {
      while (jobs.length < count) await once(stream, 'data');
      return jobs.splice(0, count);
    },
    async cancel() {
      const refused = new Promise((resolve) => stream.once('error', resolve));
      stream.cancel();
      await refused;
    },
  };
}

const poll = (type: string, more: object = {}) =>
  bare.all('ActivateJobs', { type, worker: 'poller', timeout: 300_000, maxJobsToActivate: 100, ...more });

test('jobs are pushed as they appear, those that were there first', async (t) => {
  await deploy('pushed');
  await create('pushed', { n: 0 });
  const stream = openStream('pushed', { fetchVariable: ['n'] });
  t.teardown(() => stream.stream.cancel());
  const [first] = await stream.take(1);
  t.like(first, { type: 'pushed', worker: 'streamer', variables: '{"n":0}', retries: 3, tenantId: '<default>' });
  for (let n = 1; n <= 5; n++) await create('pushed', { n, more: true });
  const later = await stream.take(5);
  t.deepEqual(
    later.map(({ variables }) => JSON.parse(variables)),
    [1, 2, 3, 4, 5].map((n) => ({ n })),
  );
  for (const { key } of [first, ...later]) await bare.call('CompleteJob', { jobKey: key });
});

test('a job that failed with retries left is pushed again, after its back-off', async (t) => {
  await deploy('failing');
  const stream = openStream('failing');
  t.teardown(() => stream.stream.cancel());
  await create('failing');
  const [job] = await stream.take(1);
  await bare.call('FailJob', { jobKey: job.key, retries: 2 });
  const [again] = await stream.take(1);
  t.like(again, { key: job.key, retries: 2 });
  await bare.call('FailJob', { jobKey: job.key, retries: 1, retryBackOff: 30 });
  t.like((await stream.take(1))[0], { key: job.key, retries: 1 });
});

test('several streams share the jobs, and each job is given once', async (t) => {
  await deploy('shared');
  const streams = [openStream('shared'), openStream('shared')];
  t.teardown(() => streams.forEach(({ stream }) => stream.cancel()));
  const given = streams.map(({ jobs }) => jobs);
  // both have been opened when a later call is answered
  await poll('shared', { requestTimeout: -1 });
  await Promise.all(Array.from({ length: 40 }, () => create('shared')));
  while (given.flat().length < 40) await wait(5);
  t.is(new Set(given.flat().map(({ key }) => key)).size, 40);
  for (const jobs of given) t.true(jobs.length >= 10, `${jobs.length} of 40`);
});

test('after the client has gone away, its jobs go to who asks next', async (t) => {
  await deploy('gone');
  const stream = openStream('gone');
  await create('gone');
  await stream.take(1);
  await stream.cancel();
  await create('gone');
  const [{ jobs }] = (await poll('gone', { requestTimeout: 20_000 })) as any;
  t.is(jobs.length, 1);
});

test('a client that does not read is given no more than fits, and what it has not received when it goes is given back', async (t) => {
  await deploy('slow');
  // more than the window of a stream and the buffers of both sides hold
  const text = 'x'.repeat(200_000);
  const { stream, cancel } = openStream('slow');
  stream.pause();
  for (let n = 0; n < 60; n++) await create('slow', { text });
  await cancel();
  const returned = new Set<number>();
  while (returned.size < 30) {
    const answers = await poll('slow', { requestTimeout: 2000 });
    if (answers.length === 0) break;
    for (const { jobs } of answers) for (const { key } of jobs) returned.add(key);
  }
  t.true(returned.size >= 30, `${returned.size} of 60 came back`);
});

test('a job that is too large for a message does not stand in the way of those behind it', async (t) => {
  const small = await startGrpcEngine({ settings: { maxMessageBytes: 20_000 } });
  t.teardown(() => small.stop());
  await deploy('large', small);
  const start = (text: string) =>
    small.bare.call('CreateProcessInstance', {
      bpmnProcessId: 'large',
      version: -1,
      variables: JSON.stringify({ text }),
    });
  const tooMuch = async () => {
    const { processInstanceKey: elementInstanceKey } = await start('x'.repeat(12_000));
    await small.bare.call('SetVariables', {
      elementInstanceKey,
      variables: JSON.stringify({ more: 'x'.repeat(12_000) }),
    });
  };
  const request = { type: 'large', worker: 'w', timeout: 60_000 };
  await tooMuch();
  const fits = await start('fits');
  const polled = await small.bare.all('ActivateJobs', { ...request, maxJobsToActivate: 1, requestTimeout: 20_000 });
  t.is(polled[0].jobs[0].processInstanceKey, fits.processInstanceKey);
  await tooMuch();
  const fitsToo = await start('fits too');
  const streams = [1, 2].map(() => small.bare.stream('StreamActivatedJobs', request));
  for (const stream of streams) stream.on('error', () => {});
  t.teardown(() => streams.forEach((stream) => stream.cancel()));
  const [pushed] = await Promise.race(streams.map((stream) => once(stream, 'data')));
  t.is(pushed.processInstanceKey, fitsToo.processInstanceKey);
});

test('a stream that makes no sense is refused', async (t) => {
  const refused = (change: object) => bare.all('StreamActivatedJobs', { type: 'a', timeout: 1000, ...change });
  await t.throwsAsync(() => refused({ type: ' ' }), {
    message: '3 INVALID_ARGUMENT: Expected to stream activated jobs with type to be present, but it was blank',
  });
  await t.throwsAsync(() => refused({ timeout: 0 }), {
    message: '3 INVALID_ARGUMENT: Expected to stream activated jobs with timeout to be greater than zero, but it was 0',
  });
  await t.throwsAsync(() => refused({ tenantIds: ['other'] }), {
    message: /gRPC request StreamActivatedJobs with tenant identifier 'other', but multi-tenancy is disabled$/,
  });
});

test('workers of the SDK, polling and streaming, survive a restart of the engine', async (t) => {
  const dataDir = freshFolder();
  const before = await startGrpcEngine({ dataDir });
  const grpcPort = Number(before.grpcAddress.split(':')[1]);
  const client = sdkClient(before.grpcAddress);
  t.teardown(() => client.close());
  await deploy('survivor', before);
  await deploy('streamed-survivor', before);
  const taskHandler = (job: any) => job.complete({ worked: true });
  client.createWorker({ taskType: 'survivor', taskHandler, pollInterval: 50 } as never);
  const streams = await client.streamJobs({
    type: 'streamed-survivor',
    worker: 'w',
    timeout: 60_000,
    pollInterval: 100,
    taskHandler,
  } as never);
  t.teardown(() => streams.close());
  const work = (bpmnProcessId: string) =>
    client.createProcessInstanceWithResult({ bpmnProcessId, variables: {}, requestTimeout: 20_000 });
  t.like((await work('survivor')).variables, { worked: true });
  t.like((await work('streamed-survivor')).variables, { worked: true });
  await before.stop();
  const after = await startGrpcEngine({ dataDir, grpcPort });
  t.teardown(() => after.stop());
  t.like((await work('survivor')).variables, { worked: true });
  t.like((await work('streamed-survivor')).variables, { worked: true });
});
