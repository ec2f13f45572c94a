import test from 'ava';
import { end, model, path, serviceTask, start, userTask } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open({ batchOperationDelayMs: 300, batchOperationChunkItems: 5, batchOperationPageItems: 7 });
const { client, now } = scene;
test.after.always(() => scene.close());

const waiting = (id: string) => model(id, [start(), serviceTask('task', id), end(), path('start', 'task', 'end')]);

async function createMany(id: string, count: number): Promise<string[]> {
  return await Promise.all(Array.from({ length: count }, () => scene.create(id)));
}

const get = (batchOperationKey: unknown) => client.getBatchOperation({ batchOperationKey } as never, now);

async function reach(batchOperationKey: unknown, state: string) {
  for (;;) {
    const batch = await get(batchOperationKey);
    if (batch.state === state) return batch;
    if (batch.endDate !== null) throw new Error(`the batch has ended as ${batch.state}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function itemsOf(batchOperationKey: unknown) {
  const request = { filter: { batchOperationKey }, page: { limit: 100 } };
  return (await client.searchBatchOperationItems(request as never, now)).items;
}

const countBy = (list: { state: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { state } of list) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

test('what a filter finds is canceled piece by piece, and the progress is told', async (t) => {
  await scene.deploy({ 'mass.bpmn': waiting('mass') });
  const keys = await createMany('mass', 23);
  const created = await client.cancelProcessInstancesBatchOperation({
    filter: { processDefinitionId: 'mass' },
  } as never);
  t.is(created.batchOperationType, 'CANCEL_PROCESS_INSTANCE');
  const fresh = await get(created.batchOperationKey);
  t.is(fresh.state, 'CREATED');
  t.is(fresh.operationsTotalCount, 0);
  const batch = await reach(created.batchOperationKey, 'COMPLETED');
  t.like(batch, { operationsTotalCount: 23, operationsCompletedCount: 23, operationsFailedCount: 0, errors: [] });
  t.truthy(batch.startDate);
  t.truthy(batch.endDate);
  t.is(batch.actorType, 'ANONYMOUS');
  for (const key of keys) t.is(await scene.state(key), 'TERMINATED');
  const items = await itemsOf(created.batchOperationKey);
  t.deepEqual(items.map(({ itemKey }) => itemKey).toSorted(), keys.toSorted());
  t.true(items.every(({ state, processedDate }) => state === 'COMPLETED' && processedDate !== null));
  const found = await client.searchProcessInstances(
    { filter: { batchOperationId: String(created.batchOperationKey) } } as never,
    now,
  );
  t.is(found.page.totalItems, 23);
  const none = { filter: { processDefinitionId: 'mass', batchOperationId: { $exists: false } } };
  t.is((await client.searchProcessInstances(none as never, now)).page.totalItems, 0);
});

test('a batch that finds nothing is complete, one with an empty filter is refused', async (t) => {
  const filter = { processDefinitionId: 'nothing-of-this-name' };
  const created = await client.cancelProcessInstancesBatchOperation({ filter } as never);
  t.is((await reach(created.batchOperationKey, 'COMPLETED')).operationsTotalCount, 0);
  for (const where of ['cancellation', 'incident-resolution', 'deletion']) {
    const empty = await scene.engine.request('POST', `/v2/process-instances/${where}`, { filter: {} });
    t.is(empty.status, 400);
    t.is(empty.body.title, 'INVALID_ARGUMENT');
    t.is(empty.body.detail, 'At least one of filter criteria is required.');
    const missing = await scene.engine.request('POST', `/v2/process-instances/${where}`, {});
    t.is(missing.body.detail, 'No filter provided.');
  }
  const wrong = await scene.engine.request('POST', '/v2/process-instances/cancellation', {
    filter: { invalidField: 1 },
  });
  t.is(wrong.body.detail, 'Request property [filter.invalidField] cannot be parsed');
  const noMoves = await scene.engine.request('POST', '/v2/process-instances/modification', {
    filter: { hasIncident: true },
  });
  t.is(noMoves.body.detail, 'No moveInstructions provided.');
  const noPlan = await scene.engine.request('POST', '/v2/process-instances/migration', {
    filter: { hasIncident: true },
  });
  t.is(noPlan.body.detail, 'No migrationPlan provided.');
});

test('a suspended batch stands still until it is resumed, a canceled one leaves the rest undone', async (t) => {
  await scene.deploy({ 'held.bpmn': waiting('held') });
  const keys = await createMany('held', 12);
  const filter = { processDefinitionId: 'held' };
  const { batchOperationKey } = await client.cancelProcessInstancesBatchOperation({ filter } as never);
  await client.suspendBatchOperation({ batchOperationKey } as never);
  t.is((await get(batchOperationKey)).state, 'SUSPENDED');
  await t.throwsAsync(() => client.suspendBatchOperation({ batchOperationKey } as never), {
    message: new RegExp(
      `Expected to suspend a batch operation with key '${batchOperationKey}', but it has an invalid state 'SUSPENDED'`,
    ),
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const key of keys) t.is(await scene.state(key), 'ACTIVE');
  await client.resumeBatchOperation({ batchOperationKey } as never);
  t.is((await reach(batchOperationKey, 'COMPLETED')).operationsCompletedCount, 12);
  for (const verb of ['cancel', 'suspend', 'resume'] as const) {
    await t.throwsAsync(() => client[`${verb}BatchOperation`]({ batchOperationKey } as never), {
      message: new RegExp(`Expected to ${verb} a batch operation with key '${batchOperationKey}', but no such batch`),
    });
  }

  const others = await createMany('held', 12);
  const second = await client.cancelProcessInstancesBatchOperation({ filter } as never);
  await client.cancelBatchOperation({ batchOperationKey: second.batchOperationKey } as never);
  t.is((await get(second.batchOperationKey)).state, 'CANCELED');
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const key of others) t.is(await scene.state(key), 'ACTIVE');
});

test('the management of batches refuses what is not there', async (t) => {
  const unknown = await scene.engine.request('POST', '/v2/batch-operations/2251799813999999/cancellation');
  t.is(unknown.status, 404);
  t.is(
    unknown.body.detail,
    "Command 'CANCEL' rejected with code 'NOT_FOUND': Expected to cancel a batch operation with key '2251799813999999', but no such batch operation was found",
  );
  const legacy = await scene.engine.request('POST', '/v2/batch-operations/not-a-valid-key/suspension');
  t.is(legacy.status, 400);
  t.is(
    legacy.body.detail,
    "Batch operation id 'not-a-valid-key' is not a valid number. Legacy Batch Operation IDs are not supported!",
  );
  const missing = await scene.engine.request('GET', '/v2/batch-operations/2251799813999999');
  t.is(missing.body.detail, "Batch Operation with id '2251799813999999' not found");
  const meow = await scene.engine.request('POST', '/v2/batch-operation-items/search', { filter: { itemKey: 'meow' } });
  t.is(meow.status, 400);
  t.is(meow.body.detail, 'For input string: "meow"');
});

test('incidents of instances are resolved with a retry for their jobs, those of one instance as well', async (t) => {
  await scene.deploy({ 'mended.bpmn': waiting('mended') });
  const keys = await createMany('mended', 3);
  const fail = async () => {
    for (const { jobKey } of await scene.jobs('mended')) await client.failJob({ jobKey, retries: 0 } as never);
  };
  await fail();
  const filter = { processInstanceKey: { $in: keys.slice(0, 2) } };
  const { batchOperationKey } = await client.resolveIncidentsBatchOperation({ filter } as never);
  await reach(batchOperationKey, 'COMPLETED');
  t.is((await scene.incidents(keys[0]!)).length + (await scene.incidents(keys[1]!)).length, 0);
  const [incident] = await scene.incidents(keys[2]!);
  const single = await client.resolveProcessInstanceIncidents({ processInstanceKey: keys[2]! } as never);
  t.is(single.batchOperationType, 'RESOLVE_INCIDENT');
  await reach(single.batchOperationKey, 'COMPLETED');
  const [item] = await itemsOf(single.batchOperationKey);
  t.is(String(item!.itemKey), String(incident!.incidentKey));
  t.is(String(item!.processInstanceKey), keys[2]!);
  for (let done = 0; done < 3; done++) await scene.completeNext('mended');
  for (const key of keys) t.is(await scene.state(key), 'COMPLETED');
  const missing = await scene.engine.request('POST', '/v2/process-instances/123/incident-resolution');
  t.is(missing.status, 404);
});

test('instances are moved and migrated in batches; what can not be is a failed item with its reason', async (t) => {
  const two = (id: string, second: string) =>
    model(id, [start(), userTask('first'), userTask(second), end(), path('start', 'first', second, 'end')]);
  await scene.deploy({ 'shifted.bpmn': two('shifted', 'second') });
  const keys = await createMany('shifted', 3);
  const task = await scene.task(keys[2]!);
  await client.completeUserTask({ userTaskKey: task.userTaskKey } as never);
  const filter = { processDefinitionId: 'shifted' };
  const moved = await client.modifyProcessInstancesBatchOperation({
    filter: { ...filter, elementId: 'first', elementInstanceState: 'ACTIVE' },
    moveInstructions: [{ sourceElementId: 'first', targetElementId: 'second' }],
  } as never);
  await reach(moved.batchOperationKey, 'COMPLETED');
  for (const key of keys) t.is((await scene.task(key)).elementId as string, 'second');
  const { deployments } = await scene.deploy({ 'target.bpmn': two('target', 'other') });
  const targetProcessDefinitionKey = deployments[0]!.processDefinition!.processDefinitionKey;
  const migrate = (mapping: { sourceElementId: string; targetElementId: string }[]) =>
    client.migrateProcessInstancesBatchOperation({
      filter,
      migrationPlan: { targetProcessDefinitionKey, mappingInstructions: mapping },
    } as never);
  const refused = await reach((await migrate([])).batchOperationKey, 'COMPLETED');
  t.like(refused, { operationsTotalCount: 3, operationsFailedCount: 3, operationsCompletedCount: 0 });
  const [item] = await itemsOf(refused.batchOperationKey);
  t.is(item!.state, 'FAILED');
  t.regex(item!.errorMessage!, /^INVALID_STATE: Expected to migrate process instance/);
  const done = await migrate([{ sourceElementId: 'second', targetElementId: 'other' }]);
  t.is((await reach(done.batchOperationKey, 'COMPLETED')).operationsCompletedCount, 3);
  for (const key of keys) t.is((await scene.task(key)).elementId as string, 'other');
});

test('batches are found by what they do and how far they are', async (t) => {
  const filter = { operationType: 'MODIFY_PROCESS_INSTANCE', state: { $in: ['COMPLETED', 'FAILED'] } };
  await scene.deploy({ 'found.bpmn': waiting('found') });
  const [key] = await createMany('found', 1);
  const { batchOperationKey } = await client.modifyProcessInstancesBatchOperation({
    filter: { processInstanceKey: key },
    moveInstructions: [{ sourceElementId: 'task', targetElementId: 'end' }],
  } as never);
  await reach(batchOperationKey, 'COMPLETED');
  const found = await client.searchBatchOperations(
    { filter: { ...filter, batchOperationKey }, sort: [{ field: 'startDate', order: 'DESC' }] } as never,
    now,
  );
  t.deepEqual(
    found.items.map((batch) => batch.batchOperationKey),
    [batchOperationKey],
  );
  t.is(await scene.state(key!), 'COMPLETED');
  t.is(countBy(await itemsOf(batchOperationKey)).COMPLETED, 1);
});
