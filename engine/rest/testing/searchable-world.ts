import { setTimeout as pause } from 'node:timers/promises';
import {
  callActivity,
  catchEvent,
  end,
  model,
  onMessage,
  path,
  serviceTask,
  start,
  userTask,
} from '../../testing/model.ts';
import type { Scene } from '../../testing/scene.ts';
import { approvalForm, discountDecision, orderProcess } from './order-process.ts';

const parent = model('parent', [start(), callActivity('call', 'child'), end(), path('start', 'call', 'end')]);
const child = model('child', [start(), serviceTask('work', 'child-work'), end(), path('start', 'work', 'end')]);
const dated = model('dating', [
  start(),
  userTask(
    'dated',
    '<zeebe:assignmentDefinition assignee="zhang" candidateUsers="li" />',
    '<zeebe:taskSchedule dueDate="2031-01-02T03:04:05Z" followUpDate="2030-05-06T07:08:09Z" />',
  ),
  end(),
  path('start', 'dated', 'end'),
]);
const waiting = model(
  'waiting',
  [start(), catchEvent('wait', onMessage('heard')), end(), path('start', 'wait', 'end')],
  {
    messages: { heard: '=no' },
  },
);

/** Something of everything that can be searched for, in several states each; nothing moves any more when it is made. */
export async function makeSearchableWorld(scene: Scene): Promise<void> {
  const { client } = scene;
  const setClock = (second: number) =>
    scene.engine.request('PUT', '/v2/clock', { timestamp: Date.UTC(2029, 1, 1, 8, 0, second) });
  await setClock(0);
  await scene.deploy({ 'order.bpmn': orderProcess, 'approval.form': approvalForm, 'discount.dmn': discountDecision });
  await scene.deploy({
    'approval.form': approvalForm,
    'order.bpmn': orderProcess
      .replace('name="Order"', '')
      .replace(/<bpmn:extensionElements><zeebe:versionTag.*?Elements>/, ''),
    'discount.dmn': discountDecision.replace('name="Discount"', 'name="Rebate"'),
  });
  await scene.deploy({ 'parent.bpmn': parent, 'child.bpmn': child, 'dating.bpmn': dated, 'waiting.bpmn': waiting });
  const order = (version: number, variables: object, more: object = {}) =>
    client.createProcessInstance({
      processDefinitionId: 'order',
      processDefinitionVersion: version,
      variables,
      ...more,
    } as never);
  await order(1, { orderNo: 'A', amount: 1 }, { tags: ['vip', 'big'], businessId: 'business-1' });
  await setClock(1);
  await order(2, { orderNo: 'B', amount: 2, note: 'x'.repeat(9000) }, { tags: ['vip'] });
  await order(2, { orderNo: 'C', amount: 3 });
  const canceled = await order(2, { orderNo: 'D', amount: 4 });
  await scene.create('parent', { deep: true });
  await scene.create('parent');
  const datedKey = await scene.create('dating', { colour: 'red' });
  await scene.create('dating');
  await setClock(2);
  const jobs = await scene.jobs('check-order');
  await scene.complete(jobs[0]!);
  await client.failJob({ jobKey: jobs[1]!.jobKey, retries: 0, errorMessage: 'first trouble' } as never);
  await client.failJob({
    jobKey: jobs[2]!.jobKey,
    retries: 2,
    errorMessage: 'again',
    retryBackOff: 3_600_000,
  } as never);
  await client.cancelProcessInstance({ processInstanceKey: canceled.processInstanceKey } as never);
  const [childJob] = await scene.jobs('child-work', 0, 1);
  await client.throwJobError({ jobKey: childJob!.jobKey, errorCode: 'BOOM', errorMessage: 'bang' } as never);
  await setClock(3);
  for (const listener of await scene.jobs('task-listener')) await scene.complete(listener);
  const { userTaskKey } = await scene.task(jobs[0]!.processInstanceKey);
  await client.assignUserTask({ userTaskKey, assignee: 'anna' } as never);
  const completed = client.completeUserTask({ userTaskKey } as never);
  for (const listener of await scene.jobs('task-listener')) await scene.complete(listener);
  await completed;
  await setClock(4);
  for (const no of ['1', '2', '3']) await scene.create('waiting', { no });
  for (const no of ['1', '2']) await scene.publish('heard', no);
  await scene.publish('order-paid', 'A');
  await completeTask(scene, datedKey);
  for (const [id, amount] of Object.entries({ a: 5, b: 500 })) {
    await client.evaluateDecision({ decisionDefinitionId: 'discount', variables: { id, amount } } as never);
  }
  await client.evaluateDecision({ decisionDefinitionId: 'discount', variables: { amount: 'many' } } as never);
  const decisions = await scene.engine.request('POST', '/v2/decision-definitions/search', { filter: { version: 1 } });
  const { decisionDefinitionKey } = decisions.body.items[0];
  await client.evaluateDecision({ decisionDefinitionKey, variables: { amount: 5 } } as never);
  await client.createGlobalClusterVariable({ name: 'GLOBAL', value: { a: 1 } });
  await client.createGlobalClusterVariable({ name: 'LONG', value: { a: 'x'.repeat(9000) } });
  await client.createTenantClusterVariable({ tenantId: 'south', name: 'TENANT', value: { a: 1 } } as never);
  await batch(scene, 'incident-resolution', 'child');
  await setClock(5);
  await batch(scene, 'cancellation', 'parent');
  await scene.create('child');
  await scene.create('child');
  await scene.jobs('child-work', 0, 1);
  const listener = { type: 'audit', eventTypes: ['creating', 'canceling'], priority: 70 };
  await client.createGlobalTaskListener({ id: 'first', ...listener } as never);
  const later = { type: 'mail', eventTypes: ['completing'], afterNonGlobal: true, retries: 5 };
  await client.createGlobalTaskListener({ id: 'second', ...later } as never);
}

/** Begins the batch operation and lets it come to its end. */
async function batch(scene: Scene, operation: string, processDefinitionId: string) {
  const begun = await scene.engine.request('POST', `/v2/process-instances/${operation}`, {
    filter: { processDefinitionId },
  });
  const path = `/v2/batch-operations/${begun.body.batchOperationKey}`;
  while ((await scene.engine.request('GET', path)).body.state !== 'COMPLETED') await pause(10);
}

async function completeTask(scene: Scene, processInstanceKey: string) {
  const { userTaskKey } = await scene.task(processInstanceKey);
  await scene.client.completeUserTask({ userTaskKey } as never);
}
