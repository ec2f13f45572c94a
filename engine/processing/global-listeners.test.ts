import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import anyTest, { type TestFn } from 'ava';
import { configuredListeners } from '../configured-listeners.ts';
import { openEngine } from '../open-engine.ts';
import { end, model, path as flowPath, start, taskListeners, userTask } from '../testing/model.ts';
import { Scene, type ActivatedJob } from '../testing/scene.ts';

const test = anyTest.serial as TestFn;
let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const process = (id: string, ...inside: string[]) =>
  model(id, [start(), userTask('task', ...inside), end(), flowPath('start', 'task', 'end')]);

const create = (id: string, given: object = {}) =>
  scene.client.createGlobalTaskListener({ id, type: id, eventTypes: ['completing'], ...given } as never);
const remove = (id: string) => scene.client.deleteGlobalTaskListener({ id } as never);
const complete = (userTaskKey: string) =>
  scene.client.completeUserTask({ userTaskKey, variables: { done: true } } as never);

test('they are made, found, changed and deleted', async (t) => {
  const made = await create('crud-a', { eventTypes: ['creating', 'canceling'], priority: 70 });
  t.like(made, { id: 'crud-a', retries: 3, afterNonGlobal: false, priority: 70, source: 'API' });
  await create('crud-b', { eventTypes: ['all'], afterNonGlobal: true });
  const twice = await scene.engine.request('POST', '/v2/global-task-listeners', {
    id: 'crud-a',
    type: 'x',
    eventTypes: ['all'],
  });
  t.is(twice.status, 409);
  t.regex(
    twice.body.detail as string,
    /listener with id 'crud-a' to not exist, but a listener with the same id was found/,
  );
  const search = async (filter: object) => {
    const request = { filter, sort: [{ field: 'priority', order: 'DESC' }] };
    const { items } = await scene.client.searchGlobalTaskListeners(request as never, scene.now);
    return items.map(({ id }) => String(id));
  };
  t.deepEqual(await search({}), ['crud-a', 'crud-b']);
  t.deepEqual(await search({ eventTypes: ['creating'] }), ['crud-a']);
  t.deepEqual(await search({ afterNonGlobal: true, source: 'API', priority: { $lt: 60 } }), ['crud-b']);
  t.deepEqual(await search({ eventTypes: [{ $like: 'c*ing' }] }), ['crud-a']);
  const changed = await scene.client.updateGlobalTaskListener({
    id: 'crud-a',
    type: 'other',
    eventTypes: ['updating'],
  } as never);
  t.like(changed, { type: 'other', eventTypes: ['updating'], priority: 50 });
  const got = await scene.client.getGlobalTaskListener({ id: 'crud-a' } as never, scene.now);
  t.like(got, { id: 'crud-a', type: 'other' });
  await remove('crud-a');
  await remove('crud-b');
  for (const [method, body] of [['GET'], ['DELETE'], ['PUT', { type: 'x', eventTypes: ['all'] }]] as const) {
    t.is((await scene.engine.request(method, '/v2/global-task-listeners/crud-a', body)).status, 404);
  }
  for (const body of [
    { id: 'x', type: '', eventTypes: ['all'] },
    { id: 'x', type: 'x', eventTypes: [] },
    { id: 'x', type: 'x', eventTypes: ['no'] },
  ]) {
    t.is((await scene.engine.request('POST', '/v2/global-task-listeners', body)).status, 400);
  }
});

test('they run around those of the model, in the order of their priority', async (t) => {
  await create('around-low', { priority: 1 });
  await create('around-high', { priority: 99 });
  await create('around-after', { afterNonGlobal: true, eventTypes: ['all'] });
  const key = await scene.run('around', process('around', taskListeners('around-model', 'completing')));
  const creating = await scene.completeNext('around-after');
  t.is(creating.listenerEventType, 'CREATING');
  const { userTaskKey } = await scene.task(key);
  const completion = complete(userTaskKey);
  for (const type of ['around-high', 'around-low', 'around-model', 'around-after']) {
    const job = await scene.job(type);
    t.is(job.listenerEventType, 'COMPLETING');
    // one that is deleted meanwhile has been asked for already
    if (type === 'around-high') await remove('around-after');
    await scene.complete(job);
  }
  await completion;
  t.is(await scene.state(key), 'COMPLETED');
  await remove('around-low');
  await remove('around-high');
});

test('one may correct and deny; its failure is an incident', async (t) => {
  await create('judge', { eventTypes: ['creating', 'completing'], retries: 1 });
  const key = await scene.run('judged', process('judged'));
  const first = await scene.job('judge');
  t.is(first.retries, 1);
  await scene.client.failJob({ jobKey: first.jobKey, retries: 0, errorMessage: 'broken' } as never);
  const [incident] = await scene.incidents(key);
  t.is(incident!.errorType, 'TASK_LISTENER_NO_RETRIES');
  await scene.client.updateJob({ jobKey: first.jobKey, changeset: { retries: 1 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.complete(
    await scene.job('judge'),
    {},
    { type: 'userTask', corrections: { assignee: 'anna', priority: 80 } },
  );
  const task = await scene.task(key);
  t.like(task, { assignee: 'anna', priority: 80, state: 'CREATED' });
  const refused = complete(task.userTaskKey);
  await scene.complete(await scene.job('judge'), {}, { type: 'userTask', denied: true, deniedReason: 'not yet' });
  const error = await t.throwsAsync(() => refused);
  t.true(JSON.stringify(error, Object.getOwnPropertyNames(error)).includes("Reason to deny: 'not yet'"));
  await remove('judge');
  await complete(task.userTaskKey);
  t.is(await scene.state(key), 'COMPLETED');
});

test('variables that are set at a task are a change of it: the updating listeners come first', async (t) => {
  const key = await scene.run('updating', process('updating', taskListeners('updating-model', 'updating')), { x: 1 });
  const { userTaskKey, elementInstanceKey } = await scene.task(key);
  const set = (variables: object, local = false) =>
    scene.client.createElementInstanceVariables({ elementInstanceKey, variables, local } as never);
  const first = set({ x: 2, y: 1 });
  const job = await scene.job('updating-model');
  t.like(job.userTask, { userTaskKey, changedAttributes: ['variables'] });
  t.like(job.variables, { x: 2, y: 1 });
  t.deepEqual(await scene.variables(key), { x: 1 });
  const second = await scene.engine.request('PUT', `/v2/element-instances/${elementInstanceKey}/variables`, {
    variables: {},
  });
  t.is(second.status, 409);
  t.regex(
    second.body.detail as string,
    /Expected to trigger update transition for user task with key '\d+', but it is in state 'UPDATING'/,
  );
  await scene.complete(job, {}, { type: 'userTask', corrections: { priority: 11 } });
  await first;
  t.deepEqual(await scene.variables(key), { x: 2, y: 1 });
  t.is((await scene.task(key)).priority, 11);
  const denied = set({ x: 3 }, true);
  await scene.complete(await scene.job('updating-model'), {}, { type: 'userTask', denied: true, deniedReason: 'no' });
  await t.throwsAsync(() => denied);
  const local = set({ x: 4 }, true);
  await scene.completeNext('updating-model');
  await local;
  t.deepEqual(await scene.variables(key), { x: 2, y: 1 });
  t.is(String((await scene.task(key)).state), 'CREATED');
});

test('an assignee of the model is not corrected before it is assigned', async (t) => {
  const key = await scene.run(
    'assigned',
    process(
      'assigned',
      '<zeebe:assignmentDefinition assignee="bob" />',
      taskListeners('assigned-listener', 'creating', 'assigning'),
    ),
  );
  const job: ActivatedJob = await scene.job('assigned-listener');
  const answer = await scene.engine.request('POST', `/v2/jobs/${job.jobKey}/completion`, {
    result: { type: 'userTask', corrections: { assignee: 'eve' } },
  });
  t.is(answer.status, 400);
  t.regex(answer.body.detail as string, /correcting the assignee on 'CREATING' event is not supported/);
  await scene.complete(job);
  await scene.complete(
    await scene.job('assigned-listener'),
    {},
    { type: 'userTask', corrections: { assignee: 'eve' } },
  );
  t.is((await scene.task(key)).assignee, 'eve');
});

test('the configuration names listeners as Camunda’s does; each start says them anew', async (t) => {
  const warnings: object[] = [];
  const of = (variables: Record<string, string>) =>
    configuredListeners(
      Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [`CAMUNDA_CLUSTER_GLOBAL_LISTENERS_USER_TASK_${name}`, value]),
      ),
      { warn: (fields) => warnings.push(fields) },
    );
  const found = of({
    '0_ID': 'a',
    '0_TYPE': 'audit',
    '0_EVENT_TYPES_0': 'Creating',
    '0_EVENT_TYPES_1': 'nonsense',
    '0_PRIORITY': '70',
    '1_ID': 'b',
    '1_TYPE': 'all-of-them',
    '1_EVENT_TYPES_0': 'all',
    '1_EVENT_TYPES_1': 'assigning',
    '1_AFTER_NON_GLOBAL': 'true',
    '2_ID': 'c',
    '2_TYPE': 'never',
    '2_EVENT_TYPES_0': 'all',
    '2_RETRIES': '0',
    '3_TYPE': 'nameless',
  });
  const source = 'CONFIGURATION' as const;
  t.deepEqual(found, [
    { id: 'a', type: 'audit', retries: 3, eventTypes: ['creating'], afterNonGlobal: false, priority: 70, source },
    { id: 'b', type: 'all-of-them', retries: 3, eventTypes: ['all'], afterNonGlobal: true, priority: 50, source },
  ]);
  t.is(warnings.length, 3);
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-listeners-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const open = (globalListeners: typeof found) =>
    openEngine({ file: path.join(folder, 'engine.sqlite'), globalListeners });
  const first = open(found);
  await first.execute({ type: 'global-listener.create', listener: { id: 'api', type: 'x', eventTypes: ['all'] } });
  await first.execute({ type: 'global-listener.delete', id: 'a' });
  await first.close();
  const second = open([found[0]!]);
  const remove = (id: string) => second.execute({ type: 'global-listener.delete', id });
  await remove('a');
  await remove('api');
  await t.throwsAsync(() => remove('b'));
  await second.close();
});
