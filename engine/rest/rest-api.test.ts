import test from 'ava';
import { end, model, path, serviceTask, start } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';
import { approvalForm, discountDecision, orderProcess } from './testing/order-process.ts';

// The client checks every answer against Camunda's schemas (CAMUNDA_SDK_VALIDATION=strict in ava.config.js).
const scene = await Scene.open();
const { client, engine, now } = scene;
test.after.always(() => scene.close());

const order = { 'order.bpmn': orderProcess, 'approval.form': approvalForm };

/** An order at its user task. */
async function orderAtApproval(orderNo: string) {
  await scene.deploy(order);
  const key = await scene.create('order', { orderNo, amount: 21 });
  const job = (await scene.jobs('check-order')).find((found) => found.processInstanceKey === key)!;
  await scene.complete(job, { checked: true });
  for (const listener of await scene.jobs('task-listener')) await scene.complete(listener);
  return key;
}

test.serial('the cluster says what it is', async (t) => {
  const topology = await client.getTopology();
  t.is(topology.clusterSize, 1);
  t.is(topology.gatewayVersion, '8.9.0');
  await t.notThrowsAsync(() => client.getStatus() as Promise<unknown>);
  await t.notThrowsAsync(() => client.getLicense());
  await t.notThrowsAsync(() => client.getAuthentication());
  await t.notThrowsAsync(() => client.getSystemConfiguration());
  t.is((await engine.request('GET', '/actuator/health')).body.status, 'UP');
});

test.serial('instances are found, counted, sorted and paged', async (t) => {
  const xml = model('paged', [start(), serviceTask('task', 'paged'), end(), path('start', 'task', 'end')]);
  await scene.deploy({ 'paged.bpmn': xml });
  const keys: string[] = [];
  for (let n = 0; n < 5; n++) {
    const variables = { n };
    const created = await client.createProcessInstance({
      processDefinitionId: 'paged',
      variables,
      tags: [`n:${n}`],
    } as never);
    keys.push(String(created.processInstanceKey));
  }
  const search = (more: object) =>
    client.searchProcessInstances({ filter: { processDefinitionId: 'paged', ...more } } as never, now);
  t.is((await search({})).page.totalItems, 5);
  t.deepEqual(
    (await search({ tags: ['n:3'] })).items.map((item) => item.processInstanceKey),
    [keys[3]] as never,
  );
  const byVariable = await search({ variables: [{ name: 'n', value: '2' }] });
  t.deepEqual(
    byVariable.items.map((item) => item.processInstanceKey),
    [keys[2]] as never,
  );
  // the client's strict validation drops `from` and `after` beside `limit`
  const offset = await engine.request('POST', '/v2/process-instances/search', {
    filter: { processDefinitionId: 'paged' },
    sort: [{ field: 'processInstanceKey', order: 'DESC' }],
    page: { from: 1, limit: 2 },
  });
  t.deepEqual(
    offset.body.items.map((item: { processInstanceKey: string }) => item.processInstanceKey),
    [keys[3], keys[2]],
  );
  const after = await engine.request('POST', '/v2/process-instances/search', {
    filter: { processDefinitionId: 'paged' },
    sort: [{ field: 'processInstanceKey', order: 'DESC' }],
    page: { after: offset.body.page.endCursor, limit: 2 },
  });
  t.deepEqual(
    after.body.items.map((item: { processInstanceKey: string }) => item.processInstanceKey),
    [keys[1], keys[0]],
  );
});

test.serial('everything of one instance can be looked at', async (t) => {
  const key = await orderAtApproval('A-1');
  const instance = await client.getProcessInstance({ processInstanceKey: key } as never, now);
  t.like(instance, {
    state: 'ACTIVE',
    processDefinitionId: 'order',
    processDefinitionName: 'Order',
    processDefinitionVersionTag: 'v1',
    hasIncident: false,
  } as never);
  const elements = await client.searchElementInstances(
    { filter: { processInstanceKey: key, state: 'ACTIVE' } } as never,
    now,
  );
  t.like(elements.items[0], { elementId: 'approve', type: 'USER_TASK', elementName: 'Approve the order' } as never);
  const { elementInstanceKey } = elements.items[0]!;
  t.is((await client.getElementInstance({ elementInstanceKey } as never, now)).elementId, 'approve' as never);
  const variables = await client.searchVariables({ filter: { processInstanceKey: key } } as never, now);
  t.deepEqual(variables.items.map(({ name, value }) => `${name}=${value}`).sort(), [
    'amount=21',
    'checked=true',
    'doubled=42',
    'orderNo="A-1"',
  ]);
  const { variableKey } = variables.items[0]!;
  t.is((await client.getVariable({ variableKey } as never, now)).variableKey, variableKey);
  const jobs = await client.searchJobs({ filter: { processInstanceKey: key } } as never, now);
  t.deepEqual(jobs.items.map(({ type, state }) => `${type}:${state}`).sort(), [
    'check-order:COMPLETED',
    'task-listener:COMPLETED',
  ]);
  const flows = await client.getProcessInstanceSequenceFlows({ processInstanceKey: key } as never, now);
  t.deepEqual(flows.items.map(({ elementId }) => elementId).sort(), ['toApprove', 'toCheck'] as never);
  const statistics = await client.getProcessInstanceStatistics({ processInstanceKey: key } as never, now);
  t.like(
    statistics.items.find(({ elementId }) => (elementId as string) === 'approve'),
    { active: 1, completed: 0 } as never,
  );
});

test.serial('definitions are found by version, their xml and their counts are given', async (t) => {
  const key = await orderAtApproval('B-1');
  const latest = await client.searchProcessDefinitions(
    { filter: { processDefinitionId: 'order', isLatestVersion: true } } as never,
    now,
  );
  t.is(latest.items.length, 1);
  const { processDefinitionKey } = latest.items[0]!;
  t.like(await client.getProcessDefinition({ processDefinitionKey } as never, now), {
    name: 'Order',
    versionTag: 'v1',
    resourceName: 'order.bpmn',
  } as never);
  t.is(await client.getProcessDefinitionXml({ processDefinitionKey } as never, now), orderProcess as never);
  const counts = await client.getProcessDefinitionStatistics(
    { processDefinitionKey, filter: { processInstanceKey: key } } as never,
    now,
  );
  t.like(
    counts.items.find(({ elementId }) => (elementId as string) === 'check'),
    { completed: 1, active: 0, canceled: 0, incidents: 0 } as never,
  );
});

test.serial('tasks are found by group, state and due date; form and variables come with them', async (t) => {
  const key = await orderAtApproval('C-1');
  const found = await client.searchUserTasks(
    {
      filter: {
        processInstanceKey: key,
        candidateGroup: 'clerks',
        state: 'CREATED',
        dueDate: { $lt: '2031-01-01T00:00:00Z' },
      },
      sort: [{ field: 'dueDate', order: 'ASC' }],
    } as never,
    now,
  );
  t.is(found.items.length, 1);
  const { userTaskKey } = found.items[0]!;
  t.like(await client.getUserTask({ userTaskKey } as never, now), {
    name: 'Approve the order',
    priority: 70,
    candidateGroups: ['clerks', 'leaders'],
    candidateUsers: ['zhang'],
    processName: 'Order',
  } as never);
  const form = (await client.getUserTaskForm({ userTaskKey } as never, now)) as { schema: string };
  t.is(form.schema, approvalForm);
  const effective = await engine.request('POST', `/v2/user-tasks/${userTaskKey}/effective-variables/search`, {});
  t.deepEqual(effective.body.items.map((item: { name: string }) => item.name).sort(), [
    'amount',
    'checked',
    'doubled',
    'orderNo',
  ]);
  const completion = client.completeUserTask({ userTaskKey, variables: { approved: true } } as never);
  await scene.complete(await scene.job('task-listener'));
  await completion;
  await scene.publish('order-paid', 'C-1');
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial('incidents are found and looked at', async (t) => {
  const xml = model('faulty', [start(), serviceTask('task', 'faulty'), end(), path('start', 'task', 'end')]);
  const key = await scene.run('faulty', xml);
  const job = await scene.job('faulty');
  await client.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'broken' } as never);
  const found = await client.searchIncidents(
    { filter: { state: 'ACTIVE', errorType: 'JOB_NO_RETRIES' } } as never,
    now,
  );
  const incident = found.items.find((item) => (item.processInstanceKey as string) === key)!;
  const { incidentKey } = incident;
  t.like(await client.getIncident({ incidentKey } as never, now), {
    errorMessage: 'broken',
    elementId: 'task',
  } as never);
  const ofInstance = await client.searchProcessInstanceIncidents({ processInstanceKey: key } as never, now);
  t.is(ofInstance.items.length, 1);
});

test.serial('decisions are found with their xml and what was evaluated', async (t) => {
  await scene.deploy({ 'discount.dmn': discountDecision });
  const { decisionEvaluationKey } = await client.evaluateDecision({
    decisionDefinitionId: 'discount',
    variables: { amount: 5 },
  } as never);
  const definitions = await client.searchDecisionDefinitions(
    { filter: { decisionDefinitionId: 'discount' } } as never,
    now,
  );
  const { decisionDefinitionKey } = definitions.items[0]!;
  t.is(await client.getDecisionDefinitionXml({ decisionDefinitionKey } as never, now), discountDecision as never);
  const instances = await client.searchDecisionInstances({ filter: { decisionEvaluationKey } } as never, now);
  t.like(instances.items[0], { state: 'EVALUATED', decisionDefinitionName: 'Discount' } as never);
  const { decisionEvaluationInstanceKey } = instances.items[0]!;
  const instance = await client.getDecisionInstance({ decisionEvaluationInstanceKey } as never, now);
  t.is(instance.matchedRules[0]!.ruleId, 'small');
});

test.serial('the clock is pinned and set free', async (t) => {
  t.is((await engine.request('PUT', '/v2/clock', { timestamp: 1_900_000_000_000 })).status, 204);
  const key = await scene.create('order', { orderNo: 'clock', amount: 1 });
  const { startDate } = await client.getProcessInstance({ processInstanceKey: key } as never, now);
  t.is(new Date(startDate as string).getTime(), 1_900_000_000_000);
  t.is((await engine.request('POST', '/v2/clock/reset')).status, 204);
});

interface Refused {
  request: [method: string, where: string, body?: unknown];
  status: number;
  title: string;
  detail: RegExp;
}

const refused: Refused[] = [
  { request: ['GET', '/v2/nothing'], status: 404, title: 'Not Found', detail: /No static resource v2\/nothing/ },
  {
    request: ['DELETE', '/v2/topology'],
    status: 405,
    title: 'Method Not Allowed',
    detail: /'DELETE' is not supported/,
  },
  { request: ['GET', '/v2/process-instances/abc'], status: 400, title: 'Bad Request', detail: /processInstanceKey/ },
  {
    request: ['GET', '/v2/process-instances/1'],
    status: 404,
    title: 'NOT_FOUND',
    detail: /Process Instance with key '1' not found/,
  },
  {
    request: ['POST', '/v2/process-instances', '{'],
    status: 400,
    title: 'Bad Request',
    detail: /Failed to read request/,
  },
  {
    request: ['POST', '/v2/process-instances', {}],
    status: 400,
    title: 'Bad Request',
    detail: /processDefinition(Id|Key)/,
  },
  {
    request: ['POST', '/v2/process-instances', { processDefinitionId: 'absent' }],
    status: 404,
    title: 'NOT_FOUND',
    detail:
      /^Command 'CREATE' rejected with code 'NOT_FOUND': Expected to find process definition with process ID 'absent'/,
  },
  {
    request: ['POST', '/v2/jobs/activation', { type: 'x', timeout: 0, maxJobsToActivate: 0 }],
    status: 400,
    title: 'INVALID_ARGUMENT',
    detail: /timeout is '0' but must be greater than 0.*maxJobsToActivate is '0'/,
  },
  {
    request: ['POST', '/v2/jobs/1/completion', {}],
    status: 404,
    title: 'NOT_FOUND',
    detail: /Expected to complete job with key '1'/,
  },
  {
    request: ['PATCH', '/v2/jobs/1', { changeset: {} }],
    status: 400,
    title: 'INVALID_ARGUMENT',
    detail: /At least one of \[retries, timeout\] is required/,
  },
  {
    request: ['POST', '/v2/user-tasks/1/assignment', {}],
    status: 400,
    title: 'INVALID_ARGUMENT',
    detail: /No assignee provided/,
  },
  {
    request: ['POST', '/v2/user-tasks/1/completion', {}],
    status: 404,
    title: 'NOT_FOUND',
    detail: /no such user task was found/,
  },
  {
    request: ['PATCH', '/v2/user-tasks/1', { changeset: {} }],
    status: 400,
    title: 'INVALID_ARGUMENT',
    detail: /No update data provided/,
  },
  { request: ['POST', '/v2/messages/publication', {}], status: 400, title: 'INVALID_ARGUMENT', detail: /name/ },
  {
    request: ['POST', '/v2/user-tasks/search', { filter: { state: 'OPEN' } }],
    status: 400,
    title: 'Bad Request',
    detail: /OPEN/,
  },
  {
    request: ['POST', '/v2/user-tasks/search', { sort: [{ field: 'color' }] }],
    status: 400,
    title: 'Bad Request',
    detail: /color/,
  },
  {
    request: ['POST', '/v2/incidents/7/resolution', {}],
    status: 404,
    title: 'NOT_FOUND',
    detail: /no such incident was found/,
  },
  {
    request: ['PUT', '/v2/clock', { timestamp: -1 }],
    status: 400,
    title: 'INVALID_ARGUMENT',
    detail: /must be not negative/,
  },
];

test.serial('a bad request is answered with Camunda’s status and problem detail', async (t) => {
  for (const { request, status, title, detail } of refused) {
    const answer = await engine.request(...request);
    const what = `${request[0]} ${request[1]}: ${JSON.stringify(answer.body)}`;
    t.is(answer.status, status, what);
    t.is(answer.body.title, title, what);
    t.regex(answer.body.detail, detail, what);
    t.is(answer.body.instance, request[1]);
    t.is(answer.body.type, 'about:blank');
  }
});
