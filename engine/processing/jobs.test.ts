import test from 'ava';
import {
  end,
  extensions,
  element,
  mapping,
  model,
  path,
  serviceTask,
  start,
  taskDefinition,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const oneJob = (id: string, ...more: string[]) =>
  model(id, [start(), serviceTask('task', id, ...more), end(), path('start', 'task', 'end')]);

test('a worker that waits is given a job the moment it appears', async (t) => {
  await scene.deploy({ 'polled.bpmn': oneJob('polled') });
  const startedAt = Date.now();
  const waiting = scene.jobs('polled', 60_000);
  const key = await scene.create('polled');
  const [job] = await waiting;
  t.is(job?.processInstanceKey, key);
  t.true(Date.now() - startedAt < 50_000, 'it did not wait until its time was over');
  t.deepEqual(await scene.jobs('polled', 50), [], 'another waits in vain, and no longer than it asked to');
});

test('a worker is given only the variables that it asks for, and no more jobs than it asks for', async (t) => {
  await scene.deploy({ 'fetched.bpmn': oneJob('fetched', mapping({ local: '=a + 1' })) });
  for (const a of [1, 2, 3]) await scene.create('fetched', { a, b: 'x' });
  const answer = await scene.client.activateJobs({
    type: 'fetched',
    timeout: 60_000,
    maxJobsToActivate: 2,
    fetchVariable: ['local', 'b', 'absent'],
    requestTimeout: 1000,
  } as never);
  const jobs = Array.isArray(answer) ? answer : (answer as { jobs: unknown[] }).jobs;
  t.deepEqual(
    (jobs as { variables: unknown }[]).map(({ variables }) => variables),
    [
      { local: 2, b: 'x' },
      { local: 3, b: 'x' },
    ],
  );
  t.is((await scene.jobs('fetched')).length, 1);
});

test('an expression gives type and retries', async (t) => {
  const xml = model('dynamic', [
    start(),
    element('serviceTask', 'task', extensions(taskDefinition('=&quot;type-&quot; + kind', '=tries'))),
    end(),
    path('start', 'task', 'end'),
  ]);
  const key = await scene.run('dynamic', xml, { kind: 'a', tries: 7 });
  t.is((await scene.job('type-a')).retries, 7);
  const wrong = await scene.create('dynamic', { kind: 1, tries: 1 });
  t.is((await scene.incidents(wrong))[0]?.errorType, 'EXTRACT_VALUE_ERROR');
  t.is(await scene.state(key), 'ACTIVE');
});

test('an expression that comes to something else is an incident in Zeebe’s words', async (t) => {
  let count = 0;
  const said = async (task: string) => {
    const id = `said${count++}`;
    const key = await scene.run(id, model(id, [start(), task, end(), path('start', 'task', 'end')]));
    const [incident] = await scene.incidents(key);
    return incident!.errorMessage;
  };
  const retries = (text: string) =>
    said(element('serviceTask', 'task', extensions(`<zeebe:taskDefinition type="x" retries="${text}" />`)));
  t.is(await retries('=1.5'), "Expected result of the expression '1.5' to be an integer, but was a decimal.");
  t.is(
    await retries('=assert(n, n != null)'),
    "Assertion failure on evaluate the expression 'assert(n, n != null)': The condition is not fulfilled " +
      "The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'n'\n" +
      "[NO_VARIABLE_FOUND] No variable found with name 'n'\n[ASSERT_FAILURE] The condition is not fulfilled",
  );
  const empty = `Expected result of the expression '""' to be a not-empty string, but was an empty string.`;
  t.is(await said(serviceTask('task', '=&quot;&quot;')), empty);
  const listened = (type: string) =>
    `<zeebe:executionListeners><zeebe:executionListener eventType="start" type="${type}" /></zeebe:executionListeners>`;
  t.is(await said(serviceTask('task', 'x', listened('=&quot;&quot;'))), empty);
  t.is(
    await said(userTask('task', '<zeebe:assignmentDefinition candidateGroups="=[1, 2]" />')),
    "Expected result of the expression '[1, 2]' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.",
  );
  t.is(
    await said(userTask('task', '<zeebe:taskSchedule dueDate="=5" />')),
    "Expected result of the expression '5' to be one of '[NULL, DATE_TIME, STRING]', but was 'NUMBER'.",
  );
});

test('a failed job with retries left comes back at once, without any it is an incident', async (t) => {
  const key = await scene.run('failed', oneJob('failed'));
  const first = await scene.job('failed');
  await scene.client.failJob({
    jobKey: first.jobKey,
    retries: 1,
    errorMessage: 'once',
    variables: { tried: 1 },
  } as never);
  const second = await scene.job('failed');
  t.is(second.jobKey, first.jobKey);
  t.is(second.retries, 1);
  t.is(second.variables.tried, 1);
  await scene.client.failJob({ jobKey: first.jobKey, retries: 0, errorMessage: 'twice' } as never);
  const [incident] = await scene.incidents(key);
  t.like(incident, { errorType: 'JOB_NO_RETRIES', errorMessage: 'twice', elementId: 'task' } as never);
  t.true((await scene.client.getProcessInstance({ processInstanceKey: key } as never, scene.now)).hasIncident);
  await t.throwsAsync(() => scene.complete(first), { message: /but it is in state 'FAILED'/ });
  await t.throwsAsync(() => scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never), {
    message:
      /Command 'RESOLVE' rejected with code 'INVALID_STATE': Expected to resolve incident with key '\d+', but job with key '\d+' has no retries left\. Please update the job retries and retry resolving the incident$/,
  });
  await scene.client.updateJob({ jobKey: first.jobKey, changeset: { retries: 2 } } as never);
  await scene.noJob(t, 'failed');
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('failed');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), {}, 'what failures leave stays in the element');
});

test('what a worker says of its failure is cut where Zeebe cuts it, and stands in where it says nothing', async (t) => {
  const key = await scene.run('wordy', oneJob('wordy'));
  const { jobKey } = await scene.job('wordy');
  const said = async () => (await scene.incidents(key))[0]!;
  const again = async () => {
    await scene.client.updateJob({ jobKey, changeset: { retries: 1 } } as never);
    await scene.client.resolveIncident({ incidentKey: (await said()).incidentKey } as never);
  };
  await scene.client.failJob({ jobKey, retries: 0, errorMessage: 'x'.repeat(10_001) } as never);
  t.is((await said()).errorMessage, `${'x'.repeat(10_000)}...`);
  await again();
  await scene.client.failJob({ jobKey, retries: 0, errorMessage: '' } as never);
  t.is((await said()).errorMessage, 'No more retries left.');
  await again();
  await scene.client.throwJobError({ jobKey, errorCode: 'bad', errorMessage: 'y'.repeat(10_001) } as never);
  const { items } = await scene.client.searchJobs({ filter: { jobKey } } as never, scene.now);
  t.is(items[0]!.errorMessage, `${'y'.repeat(10_000)}...`);
});

test('a change set is refused for all that is wrong with it at once', async (t) => {
  await scene.run('changeset', oneJob('changeset'));
  const { jobKey } = await scene.job('changeset');
  await scene.client.failJob({ jobKey, retries: 2, retryBackOff: 600_000 } as never);
  const { status, body } = await scene.engine.request('PATCH', `/v2/jobs/${jobKey}`, {
    changeset: { retries: 0, timeout: 1000 },
  });
  t.is(status, 400);
  t.is(
    body.detail,
    `Command 'UPDATE' rejected with code 'INVALID_ARGUMENT': Expected to update retries for job with key '${jobKey}' ` +
      "with a positive amount of retries, but the amount given was '0', " +
      `Expected to update the timeout of job with key '${jobKey}', but it is not active`,
  );
  const { items } = await scene.client.searchJobs({ filter: { jobKey } } as never, scene.now);
  t.is(items[0]!.retries, 2);
});

test('a job is completed once', async (t) => {
  await scene.run('once', oneJob('once'));
  const job = await scene.completeNext('once');
  await t.throwsAsync(() => scene.complete(job), {
    message:
      /Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '\d+', but no such job was found/,
  });
});

test('an execution listener runs before the work or after it', async (t) => {
  const listeners =
    '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="before" /><zeebe:executionListener eventType="end" type="after" /></zeebe:executionListeners>';
  const key = await scene.run('executed', oneJob('executed', listeners, mapping({ a: '=1' })));
  await scene.noJob(t, 'executed');
  const before = await scene.job('before');
  t.like(before, { kind: 'EXECUTION_LISTENER', listenerEventType: 'START' });
  await scene.complete(before, { a: 2 });
  const job = await scene.job('executed');
  t.is(job.variables.a, 2, 'the input mappings are not read again');
  await scene.complete(job);
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('after');
  t.is(await scene.state(key), 'COMPLETED');
});

test('the instance is answered when it has ended, with the variables that were asked for', async (t) => {
  await scene.deploy({ 'awaited.bpmn': oneJob('awaited') });
  const created = scene.client.createProcessInstance({
    processDefinitionId: 'awaited',
    awaitCompletion: true,
    fetchVariables: ['sum'],
    requestTimeout: 20_000,
  } as never);
  await scene.completeNext('awaited', { sum: 3, other: 1 });
  t.deepEqual((await created).variables, { sum: 3 });
  await t.throwsAsync(
    () =>
      scene.client.createProcessInstance({
        processDefinitionId: 'awaited',
        awaitCompletion: true,
        requestTimeout: 50,
      } as never),
    { message: /DEADLINE_EXCEEDED/ },
  );
  const straight = model('straight', [start(), end(), path('start', 'end')]);
  await scene.deploy({ 'straight.bpmn': straight });
  const at = await scene.client.createProcessInstance({
    processDefinitionId: 'straight',
    awaitCompletion: true,
    variables: { a: 1 },
  } as never);
  t.deepEqual(at.variables, { a: 1 });
});

test('an instance may begin in the middle', async (t) => {
  const xml = model('middle', [
    start(),
    serviceTask('one', 'one'),
    serviceTask('two', 'two'),
    end(),
    path('start', 'one', 'two', 'end'),
  ]);
  await scene.deploy({ 'middle.bpmn': xml });
  await scene.client.createProcessInstance({
    processDefinitionId: 'middle',
    startInstructions: [{ elementId: 'two' }],
  } as never);
  await scene.noJob(t, 'one');
  await scene.completeNext('two');
  await t.throwsAsync(
    () =>
      scene.client.createProcessInstance({
        processDefinitionId: 'middle',
        startInstructions: [{ elementId: 'three' }],
      } as never),
    { message: /no element found with id 'three'/ },
  );
});
