import test from 'ava';
import { approvalForm, discountDecision, oneTaskProcess, orderProcess } from '../rest/testing/order-process.ts';
import { end, extensions, model, path, serviceTask, start, taskDefinition, element } from '../testing/model.ts';
import { sdkClient, startGrpcEngine } from './testing/grpc-engine.ts';

const engine = await startGrpcEngine();
const client = sdkClient(engine.grpcAddress);
const { bare } = engine;
test.after.always(async () => {
  await client.close();
  await engine.stop();
});

const deploy = (name: string, text: string) => client.deployResource({ name, process: Buffer.from(text) });
const oneJob = async (type: string) => {
  const [job] = await client.activateJobs({
    type,
    worker: 'test',
    timeout: 60_000,
    maxJobsToActivate: 1,
    requestTimeout: 20_000,
  });
  return job!;
};

test('the topology is a cluster of one broker that leads one partition', async (t) => {
  const topology = await client.topology();
  const port = Number(engine.grpcAddress.split(':')[1]);
  t.like(topology, { clusterSize: 1, partitionsCount: 1, replicationFactor: 1 });
  t.regex(topology.gatewayVersion, /^8\.9\./);
  t.like(topology.brokers[0], { nodeId: 0, host: '127.0.0.1', port });
  t.like(topology.brokers[0]!.partitions[0], { partitionId: 1, role: 'LEADER', health: 'HEALTHY' });
});

test('what is deployed is listed with its keys and versions, and a deleted process is no more', async (t) => {
  const { deployments, key, tenantId } = await client.deployResources([
    { name: 'order.bpmn', process: Buffer.from(orderProcess) },
    { name: 'approval.form', form: Buffer.from(approvalForm) },
    { name: 'discounts.dmn', decision: Buffer.from(discountDecision) },
  ] as never);
  t.regex(key, /^\d+$/);
  t.is(tenantId, '<default>');
  const of = (kind: string) => (deployments as any[]).find((deployed) => deployed[kind])[kind];
  t.like(of('process'), { bpmnProcessId: 'order', version: 1, resourceName: 'order.bpmn', tenantId: '<default>' });
  t.like(of('form'), { formId: 'approval', version: 1, resourceName: 'approval.form' });
  t.like(of('decision'), { dmnDecisionId: 'discount', version: 1, dmnDecisionRequirementsId: 'discounts' });
  t.like(of('decisionRequirements'), { dmnDecisionRequirementsId: 'discounts', resourceName: 'discounts.dmn' });
  const resourceKey = of('process').processDefinitionKey;
  await client.deleteResource({ resourceKey });
  await t.throwsAsync(() => client.createProcessInstance({ bpmnProcessId: 'order', variables: {} }), {
    message:
      "5 NOT_FOUND: Command 'CREATE' rejected with code 'NOT_FOUND': " +
      "Expected to find process definition with process ID 'order', but none found",
  });
  await t.throwsAsync(() => client.deleteResource({ resourceKey }), { message: /^5 NOT_FOUND: Command 'DELETE'/ });
});

test('the deployment of Zeebe 1.x takes processes', async (t) => {
  const definition = Buffer.from(oneTaskProcess('old-way', 'old-way'));
  const deployed = await bare.call('DeployProcess', { processes: [{ name: 'old-way.bpmn', definition }] });
  t.like(deployed.processes[0], { bpmnProcessId: 'old-way', version: 1, resourceName: 'old-way.bpmn' });
});

test('a bad deployment says what is wrong with it', async (t) => {
  await t.throwsAsync(() => deploy('bad.bpmn', '<bpmn'), {
    message: /^3 INVALID_ARGUMENT: Command 'CREATE' rejected with code 'INVALID_ARGUMENT': /,
  });
  await t.throwsAsync(() => bare.call('DeployResource', { resources: [] }), { message: /^3 INVALID_ARGUMENT: / });
});

test('an instance is created, its job worked on, its result awaited', async (t) => {
  await deploy('simple.bpmn', oneTaskProcess('simple', 'simple'));
  const created = await bare.call('CreateProcessInstance', {
    bpmnProcessId: 'simple',
    version: -1,
    variables: '{"a":1}',
    tags: ['vip'],
    businessId: 'order-7',
  });
  t.like(created, { bpmnProcessId: 'simple', version: 1, tenantId: '<default>', tags: ['vip'], businessId: 'order-7' });
  await t.throwsAsync(
    bare.call('CreateProcessInstance', { bpmnProcessId: 'simple', version: -1, businessId: 'x'.repeat(257) }),
    { message: /^3 INVALID_ARGUMENT: .*but the business id exceeds the max length of 256\.$/ },
  );
  const [{ jobs }] = (await bare.all('ActivateJobs', {
    type: 'simple',
    worker: 'w',
    timeout: 5000,
    maxJobsToActivate: 5,
  })) as [{ jobs: any[] }];
  t.is(jobs.length, 1);
  t.like(jobs[0], {
    type: 'simple',
    worker: 'w',
    retries: 3,
    bpmnProcessId: 'simple',
    elementId: 'work',
    processInstanceKey: created.processInstanceKey,
    processDefinitionKey: created.processDefinitionKey,
    customHeaders: '{}',
    variables: '{"a":1}',
    tenantId: '<default>',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    tags: ['vip'],
  });
  await client.completeJob({ jobKey: String(jobs[0].key), variables: { b: 2 } });
  const awaited = client.createProcessInstanceWithResult({
    bpmnProcessId: 'simple',
    variables: { x: 'y' },
    requestTimeout: 20_000,
  });
  const job = await oneJob('simple');
  await client.completeJob({ jobKey: job.key, variables: { b: 3 } });
  t.deepEqual((await awaited).variables, { x: 'y', b: 3 } as never);
});

test('an instance ends after the element that it was told, and tags are checked', async (t) => {
  await deploy('told.bpmn', oneTaskProcess('told', 'told'));
  const request = {
    bpmnProcessId: 'told',
    version: -1,
    runtimeInstructions: [{ terminate: { afterElementId: 'work' } }],
  };
  const awaited = bare.call('CreateProcessInstanceWithResult', { request, requestTimeout: 300 });
  const job = await oneJob('told');
  await client.completeJob({ jobKey: job.key, variables: {} });
  // a terminated instance has no result
  await t.throwsAsync(awaited, { message: /^4 DEADLINE_EXCEEDED: / });
  const tagged = (tags: string[]) => bare.call('CreateProcessInstance', { bpmnProcessId: 'told', version: -1, tags });
  const rejected =
    "3 INVALID_ARGUMENT: Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to create instance of process with tags, but";
  await t.throwsAsync(tagged(Array.from({ length: 11 }, (_, n) => `t${n}`)), {
    message: `${rejected} the number of tags exceeds the limit of 10.`,
  });
  await t.throwsAsync(tagged(['fine', '1st']), {
    message: new RegExp("the tags '1st' are invalid\\. Tags must start with a letter"),
  });
});

test('an awaited result that does not come is DEADLINE_EXCEEDED, a client that gives up sooner hears it sooner', async (t) => {
  await deploy('waiting.bpmn', oneTaskProcess('waiting', 'nobody'));
  const request = { bpmnProcessId: 'waiting', version: -1 };
  await t.throwsAsync(() => bare.call('CreateProcessInstanceWithResult', { request, requestTimeout: 1 }), {
    message: /^4 DEADLINE_EXCEEDED: /,
  });
  await t.throwsAsync(() => bare.call('CreateProcessInstanceWithResult', { request }, { deadlineMs: 20 }), {
    message: /^4 DEADLINE_EXCEEDED: /,
  });
});

test('variables are a JSON object or nothing', async (t) => {
  await deploy('document.bpmn', model('document', [start(), end(), path('start', 'end')]));
  const create = (variables: string) =>
    bare.call('CreateProcessInstance', { bpmnProcessId: 'document', version: -1, variables });
  for (const fine of ['', '  ', 'null', '{}']) await t.notThrowsAsync(() => create(fine));
  const message = (type: string) =>
    `3 INVALID_ARGUMENT: Property 'variables' is invalid: Expected document to be a root level object, but was '${type}'`;
  await t.throwsAsync(() => create('[]'), { message: message('ARRAY') });
  await t.throwsAsync(() => create('1'), { message: message('INTEGER') });
  await t.throwsAsync(() => create('"a"'), { message: message('STRING') });
  await t.throwsAsync(() => create('{a'), { message: '3 INVALID_ARGUMENT: Invalid JSON value: {a' });
});

test('only the default tenant is known', async (t) => {
  const message =
    '3 INVALID_ARGUMENT: Expected to handle gRPC request CreateProcessInstance with tenant identifier ' +
    "'other', but multi-tenancy is disabled";
  await t.throwsAsync(() => bare.call('CreateProcessInstance', { bpmnProcessId: 'x', tenantId: 'other' }), { message });
  await t.throwsAsync(
    () => bare.all('ActivateJobs', { type: 'x', timeout: 1, maxJobsToActivate: 1, tenantIds: ['o'] }),
    {
      message: /^3 INVALID_ARGUMENT: Expected to handle gRPC request ActivateJobs with tenant identifier/,
    },
  );
});

test('jobs are failed, thrown, given more time and more retries', async (t) => {
  await deploy('troubled.bpmn', oneTaskProcess('troubled', 'troubled'));
  await client.createProcessInstance({ bpmnProcessId: 'troubled', variables: {} });
  const job = await oneJob('troubled');
  await client.updateJobTimeout({ jobKey: job.key, timeout: 90_000 } as never);
  await client.failJob({ jobKey: job.key, retries: 1, errorMessage: 'once more', retryBackOff: 0 });
  const again = await oneJob('troubled');
  t.is(again.retries, 1);
  await client.updateJobRetries({ jobKey: again.key, retries: 5 });
  await t.throwsAsync(() => client.updateJobRetries({ jobKey: again.key, retries: 0 }), {
    message: /^3 INVALID_ARGUMENT: Command 'UPDATE_RETRIES' rejected with code 'INVALID_ARGUMENT': /,
  });
  await client.failJob({ jobKey: again.key, retries: 0, errorMessage: '', retryBackOff: 0 });
  await t.throwsAsync(() => client.completeJob({ jobKey: again.key, variables: {} }), {
    message:
      `9 FAILED_PRECONDITION: Command 'COMPLETE' rejected with code 'INVALID_STATE': ` +
      `Expected to complete job with key '${again.key}', but it is in state 'FAILED'`,
  });
  await t.throwsAsync(() => client.completeJob({ jobKey: '1', variables: {} }), {
    message:
      "5 NOT_FOUND: Command 'COMPLETE' rejected with code 'NOT_FOUND': " +
      "Expected to complete job with key '1', but no such job was found",
  });
  await t.throwsAsync(() => client.throwError({ jobKey: '9223372036854775807', errorCode: 'E' }), {
    message: /^5 NOT_FOUND: Command 'THROW_ERROR'/,
  });
});

test('an incident is resolved after the retries are raised', async (t) => {
  await deploy('mended.bpmn', oneTaskProcess('mended', 'mended'));
  await client.createProcessInstance({ bpmnProcessId: 'mended', variables: {} });
  const job = await oneJob('mended');
  await client.failJob({ jobKey: job.key, retries: 0, errorMessage: 'broken', retryBackOff: 0 });
  const found = await fetch(`${engine.address}/v2/incidents/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { processDefinitionId: 'mended' } }),
  });
  const { items } = (await found.json()) as { items: { incidentKey: string }[] };
  await client.updateJobRetries({ jobKey: job.key, retries: 1 });
  await client.resolveIncident({ incidentKey: items[0]!.incidentKey } as never);
  t.is((await oneJob('mended')).key, job.key);
  await t.throwsAsync(() => client.resolveIncident({ incidentKey: items[0]!.incidentKey } as never), {
    message: /^5 NOT_FOUND: Command 'RESOLVE' rejected with code 'NOT_FOUND': /,
  });
});

test('messages are published once under one id', async (t) => {
  const message = { name: 'hello', correlationKey: 'k', messageId: 'm1', timeToLive: 60_000, variables: {} };
  const { key } = await client.publishMessage(message);
  t.regex(key, /^\d+$/);
  await t.throwsAsync(() => client.publishMessage(message), {
    message: /^6 ALREADY_EXISTS: Command 'PUBLISH' rejected with code 'ALREADY_EXISTS': /,
  });
});

test('a decision is evaluated with its inputs and the rules that matched', async (t) => {
  await deploy('d.dmn', discountDecision.replaceAll('"discount', '"rebate'));
  const result = await bare.call('EvaluateDecision', { decisionId: 'rebate', variables: '{"amount":250}' });
  t.like(result, { decisionId: 'rebate', decisionName: 'Discount', decisionVersion: 1, decisionOutput: '10' });
  t.is(result.decisionInstanceKey, result.decisionEvaluationKey);
  t.like(result.evaluatedDecisions[0], { decisionType: 'DECISION_TABLE', decisionOutput: '10' });
  t.like(result.evaluatedDecisions[0].evaluatedInputs[0], { inputName: 'Amount', inputValue: '250' });
  t.like(result.evaluatedDecisions[0].matchedRules[0], { ruleId: 'large', ruleIndex: 2 });
  await t.throwsAsync(() => bare.call('EvaluateDecision', { decisionId: 'absent' }), {
    message: /^5 NOT_FOUND: Command 'EVALUATE' rejected with code 'NOT_FOUND': /,
  });
});

test('an instance is modified, migrated, given variables and cancelled', async (t) => {
  const twoTasks = (id: string) =>
    model(id, [
      start(),
      serviceTask('one', `${id}-1`),
      serviceTask('two', `${id}-2`),
      end(),
      path('start', 'one', 'two', 'end'),
    ]);
  await deploy('moved.bpmn', twoTasks('moved'));
  const { processInstanceKey } = await client.createProcessInstance({ bpmnProcessId: 'moved', variables: {} });
  const job = await oneJob('moved-1');
  const set = await bare.call('SetVariables', { elementInstanceKey: processInstanceKey, variables: '{"v":1}' });
  t.true(Number.isSafeInteger(set.key) && set.key > 0);
  await client.modifyProcessInstance({
    processInstanceKey,
    activateInstructions: [
      {
        elementId: 'two',
        ancestorElementInstanceKey: '-1',
        variableInstructions: [{ scopeId: 'two', variables: { w: 2 } }],
      },
    ],
    terminateInstructions: [{ elementInstanceKey: job.elementInstanceKey }],
  } as never);
  const second = await oneJob('moved-2');
  t.deepEqual({ ...second.variables }, { v: 1, w: 2 } as never);
  const target = await deploy('target.bpmn', twoTasks('target'));
  const targetProcessDefinitionKey = (target.deployments[0] as any).process.processDefinitionKey;
  await t.throwsAsync(
    () =>
      client.migrateProcessInstance({
        processInstanceKey,
        migrationPlan: { targetProcessDefinitionKey, mappingInstructions: [] },
      } as never),
    { message: /^9 FAILED_PRECONDITION: Command 'MIGRATE' rejected with code 'INVALID_STATE': / },
  );
  await client.migrateProcessInstance({
    processInstanceKey,
    migrationPlan: {
      targetProcessDefinitionKey,
      mappingInstructions: [{ sourceElementId: 'two', targetElementId: 'two' }],
    },
  } as never);
  await client.cancelProcessInstance(processInstanceKey);
  await t.throwsAsync(() => client.cancelProcessInstance(processInstanceKey), {
    message: /^5 NOT_FOUND: Command 'CANCEL' rejected with code 'NOT_FOUND': /,
  });
});

test('a listener job carries its user task, and its result corrects or denies', async (t) => {
  const listened = element(
    'userTask',
    'task',
    extensions(
      '<zeebe:userTask />',
      '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="heard" /></zeebe:taskListeners>',
    ),
  );
  await deploy('listened.bpmn', model('listened', [start(), listened, end(), path('start', 'task', 'end')]));
  await client.createProcessInstance({ bpmnProcessId: 'listened', variables: {} });
  const [{ jobs }] = (await bare.all('ActivateJobs', { type: 'heard', timeout: 60_000, maxJobsToActivate: 1 })) as any;
  t.like(jobs[0], { kind: 'TASK_LISTENER', listenerEventType: 'CREATING' });
  t.is(jobs[0].userTask.priority, 50);
  t.false('assignee' in jobs[0].userTask);
  await bare.call('CompleteJob', {
    jobKey: jobs[0].key,
    result: { corrections: { assignee: 'li', candidateGroups: { values: ['a', 'b'] }, priority: 80 } },
  });
  const found = await fetch(`${engine.address}/v2/user-tasks/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { processDefinitionId: 'listened' } }),
  });
  const { items } = (await found.json()) as { items: object[] };
  t.like(items[0], { assignee: 'li', candidateGroups: ['a', 'b'], priority: 80, state: 'CREATED' });
});

test('a worker of the SDK completes what it is given', async (t) => {
  const task = element(
    'serviceTask',
    'work',
    extensions(
      taskDefinition('sdk-worker'),
      '<zeebe:taskHeaders><zeebe:header key="h" value="1" /></zeebe:taskHeaders>',
    ),
  );
  await deploy('worked.bpmn', model('worked', [start(), task, end(), path('start', 'work', 'end')]));
  const worker = client.createWorker({
    taskType: 'sdk-worker',
    taskHandler: (job: any) =>
      job.complete({ doubled: Number(job.variables.n) * 2, header: (job.customHeaders as any).h }),
    pollInterval: 20,
  } as never);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      client.createProcessInstanceWithResult({ bpmnProcessId: 'worked', variables: { n }, requestTimeout: 20_000 }),
    ),
  );
  t.deepEqual(
    results.map(({ variables }) => (variables as any).doubled),
    Array.from({ length: 20 }, (_, n) => n * 2),
  );
  t.is((results[0]!.variables as any).header, '1');
  await worker.close();
});

test('a request beyond the limit of the message size is refused', async (t) => {
  const variables = JSON.stringify({ text: 'x'.repeat(4 * 1024 * 1024) });
  await t.throwsAsync(() => bare.call('CreateProcessInstance', { bpmnProcessId: 'simple', variables }), {
    message: /^8 RESOURCE_EXHAUSTED: /,
  });
});

test('an activation that can never give anything is refused', async (t) => {
  const activate = (change: object) =>
    bare.all('ActivateJobs', { type: 'a', worker: 'w', timeout: 1000, maxJobsToActivate: 1, ...change });
  const message = (what: string) =>
    `3 INVALID_ARGUMENT: Command 'ACTIVATE' rejected with code 'INVALID_ARGUMENT': Expected to activate job batch with ${what}`;
  await t.throwsAsync(() => activate({ type: '' }), { message: message('type to be present, but it was blank') });
  await t.throwsAsync(() => activate({ timeout: 0 }), {
    message: message("timeout to be greater than zero, but it was '0'"),
  });
  await t.throwsAsync(() => activate({ maxJobsToActivate: 0 }), {
    message: message("max jobs to activate to be greater than zero, but it was '0'"),
  });
  t.deepEqual(await activate({ requestTimeout: -1 }), []);
});
