import test from 'ava';
import { Camunda8 } from '@camunda8/sdk';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine } from '../../start-engine.ts';
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
} from '../../testing/model.ts';
import { Scene } from '../../testing/scene.ts';
import { discountDecision } from '../testing/order-process.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());
const { client, engine, now } = scene;

const day = Date.UTC(2031, 4, 1);
const iso = (ms: number) => new Date(ms).toISOString();
const setClock = (timestamp: number) => engine.request('PUT', '/v2/clock', { timestamp });

const worked = model('worked', [
  start(),
  serviceTask('work', 'figure'),
  userTask('check'),
  end(),
  flows('start', 'work', 'check', 'end'),
]);

test.serial('usage figures count what began, was decided and was assigned in the period', async (t) => {
  await setClock(day);
  await scene.deploy({ 'worked.bpmn': worked, 'discount.dmn': discountDecision });
  const keys = [await scene.create('worked'), await scene.create('worked')];
  await client.evaluateDecision({ decisionDefinitionId: 'discount', variables: { amount: 5 } } as never);
  for (const job of await scene.jobs('figure')) await scene.complete(job);
  for (const [index, key] of keys.entries()) {
    const { userTaskKey } = await scene.task(key);
    for (const assignee of ['anna', `other${index}`]) await client.assignUserTask({ userTaskKey, assignee } as never);
  }
  const usage = (from: number, to: number, more = '') =>
    engine.request('GET', `/v2/system/usage-metrics?startTime=${iso(from)}&endTime=${iso(to)}${more}`);
  const all = await usage(day, day + 1000, '&withTenants=true');
  const figures = { processInstances: 2, decisionInstances: 1, assignees: 3 };
  t.deepEqual(all.body, { ...figures, activeTenants: 1, tenants: { '<default>': figures } });
  const earlier = await usage(day - 86_400_000, day - 3_600_001);
  t.deepEqual(earlier.body, { processInstances: 0, decisionInstances: 0, assignees: 0, activeTenants: 0, tenants: {} });
  const typed = await client.getUsageMetrics({ startTime: iso(day), endTime: iso(day + 1000) } as never, now);
  t.is(typed.assignees as never, 3 as never);
  t.is(
    (await engine.request('GET', '/v2/system/usage-metrics')).body.detail,
    'The startTime and endTime must both be specified.',
  );
  t.regex(
    (await engine.request('GET', '/v2/system/usage-metrics?startTime=x&endTime=y')).body.detail,
    /The provided startTime 'x' cannot be parsed as a date/,
  );
});

test.serial('jobs are counted in a window, by type, worker, time and error', async (t) => {
  const at = day + 3_600_000;
  await setClock(at);
  const xml = model('counted', [start(), serviceTask('work', 'counted'), end(), flows('start', 'work', 'end')]);
  await scene.deploy({ 'counted.bpmn': xml });
  for (let n = 0; n < 3; n++) await scene.create('counted');
  await setClock(at + 600_000);
  const jobs = await scene.jobs('counted');
  await scene.complete(jobs[0]!);
  await client.failJob({ jobKey: jobs[1]!.jobKey, retries: 0, errorMessage: 'broken' } as never);
  const window = { from: iso(at), to: iso(at + 600_000) };
  const global = await client.getGlobalJobStatistics({ ...window, jobType: 'counted' } as never, now);
  t.like(global as never, {
    created: { count: 3 },
    completed: { count: 1 },
    failed: { count: 1 },
    isIncomplete: false,
  });
  t.is(global.completed.lastUpdatedAt, iso(at + 600_000) as never);
  const types = await client.getJobTypeStatistics(
    { filter: { ...window, jobType: { $like: 'count*' } } } as never,
    now,
  );
  t.like(types.items[0] as never, { jobType: 'counted', workers: 1, created: { count: 3 } });
  const workers = await client.getJobWorkerStatistics({ filter: { ...window, jobType: 'counted' } } as never, now);
  t.like(workers.items[0] as never, { worker: 'test', completed: { count: 1 }, failed: { count: 1 } });
  const series = await client.getJobTimeSeriesStatistics(
    { filter: { ...window, jobType: 'counted', resolution: 'PT5M' } } as never,
    now,
  );
  t.deepEqual(series.items.map((item) => [item.time, item.created.count, item.completed.count]) as never, [
    [iso(at), 3, 0],
    [iso(at + 600_000), 0, 1],
  ]);
  const errors = await client.getJobErrorStatistics({ filter: { ...window, jobType: 'counted' } } as never, now);
  t.deepEqual(errors.items as never, [{ errorCode: '', errorMessage: 'broken', workers: 1 }]);
  const before = { from: iso(0), to: iso(at - 1), jobType: 'counted' };
  t.deepEqual((await engine.request('POST', '/v2/jobs/statistics/by-workers', { filter: before })).body.items, []);
  t.is((await engine.request('POST', '/v2/jobs/statistics/by-workers', {})).status, 400);
  const { body } = await engine.request('POST', '/v2/jobs/statistics/by-types', { filter: { to: window.to } });
  t.like(body, { status: 400, title: 'Bad Request', detail: 'from must not be null' });
  const odd = { ...window, jobType: 'counted', resolution: 'often' };
  t.regex(
    (await engine.request('POST', '/v2/jobs/statistics/time-series', { filter: odd })).body.detail,
    /resolution 'often'/,
  );
});

test.serial('incidents are counted by their error, and by the definitions that have it', async (t) => {
  const byError = await client.getProcessInstanceStatisticsByError({} as never, now);
  const broken = byError.items.find((item) => item.errorMessage === 'broken')!;
  t.is(broken.activeInstancesWithErrorCount as never, 1 as never);
  const byDefinition = await client.getProcessInstanceStatisticsByDefinition(
    { filter: { errorHashCode: broken.errorHashCode } } as never,
    now,
  );
  t.deepEqual(
    byDefinition.items.map((item) => [item.processDefinitionId, item.activeInstancesWithErrorCount]) as never,
    [['counted', 1]],
  );
});

test.serial('an incident is shown and counted at all that called, and found from each of them', async (t) => {
  await scene.deploy({
    'c1.bpmn': model('top', [start(), callActivity('toMiddle', 'middle'), end(), flows('start', 'toMiddle', 'end')]),
    'c2.bpmn': model('middle', [start(), callActivity('toBottom', 'bottom'), end(), flows('start', 'toBottom', 'end')]),
    'c3.bpmn': model('bottom', [start(), callActivity('lost', 'nowhere'), end(), flows('start', 'lost', 'end')]),
  });
  const processInstanceKey = await scene.create('top');
  const inTree = { filter: { hasIncident: true }, sort: [{ field: 'elementInstanceKey', order: 'ASC' }] };
  const elements = (await client.searchElementInstances(inTree as never, now)).items.slice(-3);
  t.deepEqual(
    elements.map(({ elementId, hasIncident, incidentKey }) => [elementId, hasIncident, incidentKey !== null]) as never,
    [
      ['toMiddle', true, false],
      ['toBottom', true, false],
      ['lost', true, true],
    ],
  );
  const { items } = await client.searchProcessInstances(
    { filter: { hasIncident: true, processDefinitionId: { $in: ['top', 'middle', 'bottom'] } } } as never,
    now,
  );
  t.deepEqual(items.map((item) => `${item.processDefinitionId} ${item.hasIncident}`).toSorted(), [
    'bottom true',
    'middle true',
    'top true',
  ]);
  const statistics = await client.getProcessInstanceStatistics({ processInstanceKey } as never, now);
  t.like(statistics.items.find(({ elementId }) => (elementId as string) === 'toMiddle') as never, { incidents: 1 });
  const counted = await client.getProcessDefinitionInstanceStatistics({} as never, now);
  const top = counted.items.find(({ processDefinitionId }) => (processDefinitionId as string) === 'top');
  t.like(top as never, { activeInstancesWithIncidentCount: 1, activeInstancesWithoutIncidentCount: 0 });
  await scene.deploy({ 'nowhere.bpmn': model('nowhere', [start(), end(), flows('start', 'end')]) });
  await client.resolveIncident({ incidentKey: elements[2]!.incidentKey } as never);
  t.false((await client.getProcessInstance({ processInstanceKey } as never, now)).hasIncident);
});

test.serial('elements that a filter names are the ones that are counted', async (t) => {
  const { processDefinitionKey } = await client.createProcessInstance({ processDefinitionId: 'top' } as never);
  const named = { processDefinitionKey, filter: { elementId: 'start' } };
  const { items } = await client.getProcessDefinitionStatistics(named as never, now);
  t.deepEqual(items.map(({ elementId, completed }) => [elementId, completed]) as never, [['start', 2]]);
});

test.serial('open message subscriptions are counted by definition', async (t) => {
  const waits = model(
    'waits',
    [start(), catchEvent('wait', onMessage('counted')), end(), flows('start', 'wait', 'end')],
    { messages: { counted: '=key' } },
  );
  await scene.deploy({ 'waits.bpmn': waits });
  for (const key of ['a', 'b']) await scene.create('waits', { key });
  const found = await client.getProcessDefinitionMessageSubscriptionStatistics(
    { filter: { messageName: 'counted' } } as never,
    now,
  );
  t.like(found.items[0] as never, {
    processDefinitionId: 'waits',
    activeSubscriptions: 2,
    processInstancesWithActiveSubscriptions: 2,
  });
});

test.serial(
  'the audit log has what was done to what, refused operations too, and what belongs to a task',
  async (t) => {
    const key = await scene.create('worked');
    await scene.completeNext('figure');
    const { userTaskKey } = await scene.task(key);
    await client.assignUserTask({ userTaskKey, assignee: 'anna' } as never);
    const claim = { userTaskKey, assignee: 'bert', allowOverride: false };
    await t.throwsAsync(() => client.assignUserTask(claim as never) as Promise<unknown>);
    await client.createElementInstanceVariables({ elementInstanceKey: key, variables: { a: 1 } } as never);
    await client.completeUserTask({ userTaskKey } as never);
    const ofTask = await client.searchUserTaskAuditLogs({ userTaskKey, sort: [{ field: 'timestamp' }] } as never, now);
    t.deepEqual(
      ofTask.items.map(({ operationType, result }) => `${operationType}:${result}`),
      ['ASSIGN:SUCCESS', 'ASSIGN:FAIL', 'COMPLETE:SUCCESS'],
    );
    const ofInstance = await client.searchAuditLogs(
      { filter: { processInstanceKey: key, entityType: 'VARIABLE' } } as never,
      now,
    );
    t.like(ofInstance.items[0] as never, {
      operationType: 'CREATE',
      entityDescription: 'a',
      category: 'DEPLOYED_RESOURCES',
      actorType: 'ANONYMOUS',
      processDefinitionId: 'worked',
    });
    const { auditLogKey } = ofInstance.items[0]!;
    t.is((await client.getAuditLog({ auditLogKey } as never, now)).auditLogKey, auditLogKey);
    const resources = await client.searchAuditLogs(
      { filter: { entityType: 'RESOURCE', operationType: 'CREATE' } } as never,
      now,
    );
    t.true(resources.items.some(({ entityDescription }) => entityDescription === 'worked.bpmn'));
    const anonymous = await client.searchAuditLogs({ filter: { entityType: 'PROCESS_INSTANCE' } } as never, now);
    t.is(anonymous.items.length, 0);
  },
);

test.serial(
  'every failure of a job counts: failed, timed out, with an error thrown, and done in the end',
  async (t) => {
    const at = day + 7_200_000;
    await setClock(at);
    const xml = model('failing', [start(), serviceTask('work', 'failing'), end(), flows('start', 'work', 'end')]);
    await scene.deploy({ 'failing.bpmn': xml });
    for (let n = 0; n < 2; n++) await scene.create('failing');
    const [job, other] = await scene.jobs('failing');
    const fail = (errorMessage: string) =>
      client.failJob({ jobKey: job!.jobKey, retries: 3, errorMessage } as never) as Promise<unknown>;
    await fail('first');
    await scene.jobs('failing');
    await fail('second');
    await scene.jobs('failing');
    await client.throwJobError({ jobKey: other!.jobKey, errorCode: 'oops', errorMessage: 'unheard' } as never);
    await setClock(at + 3_600_000);
    await scene.complete((await scene.jobs('failing'))[0]!);
    // refused: what a command undoes does not count
    await t.throwsAsync(() => client.completeJob({ jobKey: job!.jobKey } as never) as Promise<unknown>);
    const window = { from: iso(at), to: iso(at + 3_600_000), jobType: 'failing' };
    const count = async () => {
      const { created, completed, failed } = await client.getGlobalJobStatistics(window as never, now);
      return [created.count, completed.count, failed.count] as unknown[];
    };
    // twice failed, once thrown, once given back by the clock
    t.deepEqual(await count(), [2, 1, 4]);
    const errors = await client.getJobErrorStatistics({ filter: window } as never, now);
    t.deepEqual(
      errors.items.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
      [
        ['', 'second'],
        ['oops', 'unheard'],
      ],
    );
    const byCode = await client.getJobErrorStatistics(
      { filter: { ...window, errorCode: { $like: 'oo*' } } } as never,
      now,
    );
    t.is(byCode.items.length, 1);
    const of = await client.searchJobs({ filter: { jobKey: job!.jobKey } } as never, now);
    const processInstanceKey = of.items[0]!.processInstanceKey;
    await client.deleteProcessInstance({ processInstanceKey } as never);
    t.deepEqual(await count(), [2, 1, 4], 'history that is deleted has happened');
  },
);

test('where users have names the log has them, and whatever they began', async (t) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-audit-'));
  const credentials = { username: 'operator', password: 'secret' };
  const running = await startEngine({ dataDir, host: '127.0.0.1', restPort: 0, credentials });
  const named = new Camunda8({
    ZEEBE_REST_ADDRESS: running.address,
    CAMUNDA_AUTH_STRATEGY: 'BASIC',
    CAMUNDA_BASIC_AUTH_USERNAME: 'operator',
    CAMUNDA_BASIC_AUTH_PASSWORD: 'secret',
    CAMUNDA_LOG_LEVEL: 'none',
  }).getOrchestrationClusterApiClientLoose();
  try {
    t.is((await named.getAuthentication()).username, 'operator' as never);
    await named.createDeployment({ resources: [new File([worked], 'worked.bpmn')] as never });
    const { processInstanceKey } = await named.createProcessInstance({ processDefinitionId: 'worked' } as never);
    await named.cancelProcessInstance({ processInstanceKey } as never);
    const log = await named.searchAuditLogs(
      { filter: { processInstanceKey }, sort: [{ field: 'auditLogKey' }] } as never,
      now,
    );
    t.deepEqual(log.items.map((item) => [item.operationType, item.actorType, item.actorId]) as never, [
      ['CREATE', 'USER', 'operator'],
      ['CANCEL', 'USER', 'operator'],
    ]);
  } finally {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
