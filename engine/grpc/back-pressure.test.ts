import { connect } from 'node:net';
import { Camunda8 } from '@camunda8/sdk';
import test from 'ava';
import { oneTaskProcess } from '../rest/testing/order-process.ts';
import { sdkClient, startGrpcEngine } from './testing/grpc-engine.ts';

const maxQueuedCommands = 8;
const engine = await startGrpcEngine({ settings: { maxQueuedCommands, maxOpenPolls: 2 } });
const { bare } = engine;
test.after.always(() => engine.stop());
test.before(async () => {
  const resources = [{ name: 'pressed.bpmn', content: Buffer.from(oneTaskProcess('pressed', 'pressed')) }];
  await bare.call('DeployResource', { resources });
});

/** So many at once that most find the queue full. */
const flood = <T>(create: () => Promise<T>) => Promise.allSettled(Array.from({ length: 30 }, create));

test.serial('what finds the queue full is refused with RESOURCE_EXHAUSTED, and nothing of it happens', async (t) => {
  const outcomes = await flood(() => bare.call('CreateProcessInstance', { bpmnProcessId: 'pressed', version: -1 }));
  const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  t.true(refused.length > 0 && refused.length < 30, `${refused.length} refused`);
  for (const { reason } of refused) {
    t.is(reason.message, '8 RESOURCE_EXHAUSTED: Reached maximum capacity of requests handled');
  }
  const metrics = await (await fetch(`${engine.address}/actuator/prometheus`)).text();
  const dropped = /^zeebe_dropped_request_count_total\{[^}]*\} (\d+)$/m.exec(metrics)!;
  t.true(Number(dropped[1]) >= refused.length);
});

/** Requests that arrive in one piece, answered in turn on one connection. */
async function pipelined(address: string, path: string, body: object, count: number) {
  const text = JSON.stringify(body);
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${text.length}`;
  const request = `${head}\r\n\r\n${text}`;
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.end(request.repeat(count - 1) + request.replace('host: x', 'host: x\r\nconnection: close'));
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.split(/(?=HTTP\/1\.1 )/).map((part) => {
    const [headers, content] = part.split('\r\n\r\n');
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(headers!)![1]), body: JSON.parse(content!) as object };
  });
}

test.serial('over REST it is 503 with that title', async (t) => {
  const answers = await pipelined(engine.address, '/v2/process-instances', { processDefinitionId: 'pressed' }, 30);
  t.is(answers.length, 30);
  const refused = answers.filter(({ status }) => status !== 200);
  t.true(refused.length > 0 && refused.length < 30, `${refused.length} refused`);
  for (const answer of refused) {
    t.like(answer, {
      status: 503,
      body: {
        title: 'RESOURCE_EXHAUSTED',
        status: 503,
        detail: 'Reached maximum capacity of requests handled',
        instance: '/v2/process-instances',
      },
    });
  }
});

test.serial("Camunda's clients try again until everything is done", async (t) => {
  const overGrpc = sdkClient(engine.grpcAddress);
  t.teardown(() => overGrpc.close());
  const overRest = new Camunda8({
    ZEEBE_REST_ADDRESS: engine.address,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
  }).getOrchestrationClusterApiClientLoose();
  const outcomes = [
    ...(await flood(() => overGrpc.createProcessInstance({ bpmnProcessId: 'pressed', variables: {} }))),
    ...(await flood(() => overRest.createProcessInstance({ processDefinitionId: 'pressed' } as never))),
  ];
  t.deepEqual(
    outcomes.filter(({ status }) => status === 'rejected'),
    [],
  );
});

test.serial('more workers than may wait are refused', async (t) => {
  const streams = [1, 2].map(() => bare.stream('StreamActivatedJobs', { type: 'none', timeout: 1000 }));
  for (const stream of streams) stream.on('error', () => {});
  t.teardown(() => streams.forEach((stream) => stream.cancel()));
  await t.throwsAsync(() => bare.all('StreamActivatedJobs', { type: 'none', timeout: 1000 }), {
    message: "8 RESOURCE_EXHAUSTED: Expected to stream jobs of type 'none', but too many workers stream already",
  });
});
