import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { discountDecision } from '../rest/testing/order-process.ts';
import { end, model, path, serviceTask, start } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open({ batchOperationDelayMs: 0 });
test.after.always(() => scene.close());

const straight = (id: string, type: string) =>
  model(id, [start(), serviceTask('task', type), end(), path('start', 'task', 'end')]);

async function deleted(resourceKey: string, deleteHistory: boolean) {
  const { status, body } = await scene.engine.request('POST', `/v2/resources/${resourceKey}/deletion`, {
    deleteHistory,
  });
  return { status, batch: body.batchOperation };
}

async function definition(processDefinitionKey: string): Promise<string | undefined> {
  const found = await scene.engine.request('POST', '/v2/process-definitions/search', {
    filter: { processDefinitionKey },
  });
  return found.body.items[0]?.state;
}

async function found(what: string, filter: object): Promise<number> {
  return (await scene.engine.request('POST', `/v2/${what}/search`, { filter })).body.page.totalItems;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error('it has not come to that');
}

test('a process deleted with its history is drained, then nothing of it is found, but its version is not given again', async (t) => {
  const { processes } = await scene.deploy({ 'p.bpmn': straight('purged', 'purged-1') });
  const key = String(processes[0]!.processDefinitionKey);
  const ended = await scene.create('purged');
  await scene.completeNext('purged-1');
  const running = await scene.create('purged');
  t.deepEqual(await deleted(key, true), { status: 200, batch: null });
  t.is(await definition(key), 'DRAINING');
  await sleep(700);
  t.is(await scene.state(ended), 'COMPLETED', 'nothing goes while an instance runs');
  await scene.completeNext('purged-1');
  await until(async () => (await definition(key)) === undefined);
  t.is(await found('process-instances', { processDefinitionKey: key }), 0);
  t.is(await found('element-instances', { processInstanceKey: running }), 0);
  t.is((await scene.engine.request('GET', `/v2/process-definitions/${key}`)).status, 404);
  t.is((await scene.engine.request('GET', `/v2/process-definitions/${key}/xml`)).status, 404);
  t.is((await deleted(key, true)).status, 404);
  const again = await scene.deploy({ 'p.bpmn': straight('purged', 'purged-1') });
  t.is(again.processes[0]!.processDefinitionVersion, 2);
  await scene.create('purged');
});

test('without its history a deleted process keeps what it has done, until that is asked for too', async (t) => {
  const { processes } = await scene.deploy({ 'k.bpmn': straight('kept', 'kept') });
  const key = String(processes[0]!.processDefinitionKey);
  const ended = await scene.create('kept');
  await scene.completeNext('kept');
  t.deepEqual(await deleted(key, false), { status: 200, batch: null });
  t.is(await definition(key), 'DELETED');
  t.is(await scene.state(ended), 'COMPLETED');
  t.is((await deleted(key, false)).status, 404);
  t.is((await deleted(key, true)).status, 200);
  await until(async () => (await definition(key)) === undefined);
  t.is(await found('process-instances', { processInstanceKey: ended }), 0);
});

test('decisions deleted with their history: a batch takes their evaluations', async (t) => {
  const evaluate = () =>
    scene.client.evaluateDecision({ decisionDefinitionId: 'discount', variables: { amount: 100 } } as never);
  const { decisionRequirements } = await scene.deploy({ 'discount.dmn': discountDecision });
  await evaluate();
  t.is(await found('decision-instances', {}), 1);
  const { status, batch } = await deleted(String(decisionRequirements[0]!.decisionRequirementsKey), true);
  t.is(status, 200);
  t.is(batch.batchOperationType, 'DELETE_DECISION_INSTANCE');
  await until(async () => (await found('decision-instances', {})) === 0);
  await t.throwsAsync(evaluate, { message: /no decision found for id 'discount'/ });
  const again = await scene.deploy({ 'discount.dmn': discountDecision });
  t.is(again.decisionRequirements[0]!.version, 2);
  t.is((await evaluate()).output, '10');
});
