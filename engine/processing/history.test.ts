import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import test from 'ava';
import { openEngine } from '../open-engine.ts';
import {
  callActivity,
  catchEvent,
  end,
  model,
  onMessage,
  path as flows,
  serviceTask,
  start,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
const { client, now } = scene;
test.after.always(() => scene.close());

const candidates = '<zeebe:assignmentDefinition candidateGroups="crew" />';

/** Leaves a trace in every table that an instance can leave one in. */
async function runThrough(id: string): Promise<string> {
  const key = await scene.create(id, { no: id });
  await scene.publish(id, id);
  const job = await scene.job(id);
  await client.failJob({ jobKey: job.jobKey, retries: 0 } as never);
  const [incident] = await scene.incidents(key);
  await client.updateJob({ jobKey: job.jobKey, changeset: { retries: 1 } } as never);
  await client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext(id);
  const task = await scene.task(key);
  await client.completeUserTask({ userTaskKey: task.userTaskKey } as never);
  return key;
}

const busy = (id: string) =>
  model(
    id,
    [
      start(),
      catchEvent('wait', onMessage(id)),
      serviceTask('work', id),
      userTask('sign', candidates),
      end(),
      flows('start', 'wait', 'work', 'sign', 'end'),
    ],
    { messages: { [id]: '=no' } },
  );

const traces = [
  ['/v2/element-instances/search', 'processInstanceKey'],
  ['/v2/variables/search', 'processInstanceKey'],
  ['/v2/jobs/search', 'processInstanceKey'],
  ['/v2/user-tasks/search', 'processInstanceKey'],
  ['/v2/incidents/search', 'processInstanceKey'],
  ['/v2/message-subscriptions/search', 'processInstanceKey'],
  ['/v2/correlated-message-subscriptions/search', 'processInstanceKey'],
  ['/v2/process-instances/search', 'processInstanceKey'],
] as const;

async function tracesOf(key: string): Promise<number[]> {
  const counts: number[] = [];
  for (const [where, name] of traces) {
    const { body } = await scene.engine.request('POST', where, { filter: { [name]: key } });
    counts.push(body.page.totalItems as number);
  }
  return counts;
}

test('a finished instance is deleted with everything under it, a running one is not', async (t) => {
  await scene.deploy({ 'gone.bpmn': busy('gone') });
  const key = await runThrough('gone');
  const kept = await runThrough('gone');
  t.true((await tracesOf(key)).every((count) => count > 0));
  await client.deleteProcessInstance({ processInstanceKey: key } as never);
  t.deepEqual(await tracesOf(key), [0, 0, 0, 0, 0, 0, 0, 0]);
  t.true((await tracesOf(kept)).every((count) => count > 0));
  const again = await scene.engine.request('POST', `/v2/process-instances/${key}/deletion`);
  t.is(again.status, 404);
  t.is(again.body.detail, `Process Instance with key '${key}' not found`);
  t.is((await scene.engine.request('GET', `/v2/process-instances/${key}/call-hierarchy`)).status, 404);
  for (const what of ['sequence-flows', 'statistics/element-instances']) {
    const { body } = await scene.engine.request('GET', `/v2/process-instances/${key}/${what}`);
    t.deepEqual(body, { items: [] }, what);
  }
  const running = await scene.create('gone', { no: 'running' });
  const refused = await scene.engine.request('POST', `/v2/process-instances/${running}/deletion`);
  t.is(refused.status, 409);
  t.true(
    (refused.body.detail as string).endsWith(
      `Expected to delete history for process instance with key '${running}', but it is still active.`,
    ),
  );
  t.is(await scene.state(running), 'ACTIVE');
});

test('a message that the deleted instance has had is not taken by its process again', async (t) => {
  const xml = model('once', [start(), catchEvent('wait', onMessage('once')), end(), flows('start', 'wait', 'end')], {
    messages: { once: '=no' },
  });
  await scene.deploy({ 'once.bpmn': xml });
  const first = await scene.create('once', { no: 'M' });
  await scene.publish('once', 'M', {}, { timeToLive: 3_600_000 });
  t.is(await scene.state(first), 'COMPLETED');
  await client.deleteProcessInstance({ processInstanceKey: first } as never);
  const second = await scene.create('once', { no: 'M' });
  t.is(await scene.state(second), 'ACTIVE');
  const found = await client.searchCorrelatedMessageSubscriptions({ filter: { messageName: 'once' } } as never, now);
  t.is(found.page.totalItems, 0);
});

test('history is deleted in a batch: what still runs is a failed item', async (t) => {
  await scene.deploy({ 'bulk.bpmn': busy('bulk') });
  const done = [await runThrough('bulk'), await runThrough('bulk')];
  const running = await scene.create('bulk', { no: 'none' });
  const { batchOperationKey } = await client.deleteProcessInstancesBatchOperation({
    filter: { processDefinitionId: 'bulk' },
  } as never);
  let batch = await client.getBatchOperation({ batchOperationKey } as never, now);
  while (batch.endDate === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    batch = await client.getBatchOperation({ batchOperationKey } as never, now);
  }
  t.like(batch, { state: 'COMPLETED', operationsCompletedCount: 2, operationsFailedCount: 1 });
  for (const key of done) t.deepEqual(await tracesOf(key), [0, 0, 0, 0, 0, 0, 0, 0]);
  t.is(await scene.state(running), 'ACTIVE');
  const items = await client.searchBatchOperationItems(
    { filter: { batchOperationKey, state: 'FAILED' } } as never,
    now,
  );
  t.is(
    items.items[0]!.errorMessage,
    `INVALID_STATE: Expected to delete history for process instance with key '${running}', but it is still active.`,
  );
});

test('with a retention time ended roots go with all that they called, the rest stays', async (t) => {
  const day = 86_400_000;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-retention-'));
  const file = path.join(dataDir, 'engine.sqlite');
  const engine = openEngine({ file, settings: { historyRetentionMs: 30 * day } });
  const db = new Database(file, { readonly: true });
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  const begin = Date.UTC(2030, 0, 1);
  await engine.execute({ type: 'clock.pin', timestampMs: begin });
  const deploy = (name: string, xml: string) =>
    engine.execute({ type: 'deployment.create', resources: [{ name, content: new TextEncoder().encode(xml) }] });
  await deploy('inner.bpmn', model('inner', [start(), end(), flows('start', 'end')]));
  await deploy(
    'outer.bpmn',
    model('outer', [
      start(),
      callActivity('call', 'inner'),
      serviceTask('work', 'w'),
      end(),
      flows('start', 'call', 'work', 'end'),
    ]),
  );
  const create = () =>
    engine.execute({ type: 'process-instance.create', processDefinitionId: 'outer', variables: { a: 1 } });
  for (let made = 0; made < 300; made++) await create();
  const take = (maxJobs: number) =>
    engine.activateJobs({ type: 'w', worker: 'w', timeoutMs: day * 100, maxJobs, requestTimeoutMs: -1 });
  for (const { jobKey } of await take(250)) await engine.execute({ type: 'job.complete', jobKey });
  await engine.execute({ type: 'clock.pin', timestampMs: begin + 20 * day });
  for (const { jobKey } of await take(10)) await engine.execute({ type: 'job.complete', jobKey });
  t.is(count('SELECT count(*) FROM process_instance'), 600);
  await engine.execute({ type: 'clock.pin', timestampMs: begin + 30 * day });
  while (count('SELECT count(*) FROM process_instance') > 100 || count('SELECT count(*) FROM history_deletion') > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  t.is(count('SELECT count(*) FROM process_instance'), 100);
  const tables = db
    .prepare(
      `SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND c.name = 'process_instance_key' AND t.name <> 'batch_operation_item'`,
    )
    .pluck()
    .all() as string[];
  t.true(tables.length > 8);
  for (const table of tables) {
    const orphans = `SELECT count(*) FROM ${table} WHERE process_instance_key NOT IN (SELECT key FROM process_instance)`;
    t.is(count(orphans), 0, table);
  }
  t.is(count(`SELECT count(*) FROM process_instance WHERE state = 'ACTIVE'`), 40);
  // what was counted then goes with it, what was counted since stays
  t.is(count('SELECT sum(completed) FROM job_statistic'), 10);
  db.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});
