import test from 'ava';
import {
  boundary,
  catchEvent,
  element,
  end,
  model,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  taskListeners,
  userTask,
} from '../../testing/model.ts';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
const { client, now } = scene;
test.after.always(() => scene.close());

async function keyOfLatest(processDefinitionId: string) {
  const found = await client.searchProcessDefinitions(
    { filter: { processDefinitionId, isLatestVersion: true } } as never,
    now,
  );
  return String(found.items[0]!.processDefinitionKey);
}

const migrate = (key: string, target: string, mapping: Record<string, string>) =>
  client.migrateProcessInstance({
    processInstanceKey: key,
    targetProcessDefinitionKey: target,
    mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({
      sourceElementId,
      targetElementId,
    })),
  } as never);

test('a case under way is carried over: its task, message and what follows are those of the new process', async (t) => {
  const messages = { carried: '=no' };
  const before = model(
    'carried',
    [
      start(),
      subProcess(
        'phase',
        start('p0'),
        userTask('work', taskListeners('carriedOld', 'completing')),
        boundary('waived', 'work', onMessage('carried')),
        end('p1'),
        path('p0', 'work', 'p1') + path('waived', 'p1'),
      ),
      end(),
      path('start', 'phase', 'end'),
    ],
    { messages },
  );
  const after = model(
    'carried',
    [
      start(),
      subProcess(
        'phase2',
        start('p0'),
        userTask('handle', taskListeners('carriedNew', 'completing')),
        boundary('waived2', 'handle', onMessage('carried')),
        boundary('late', 'handle', onTimer('=alarmAt', 'timeDate')),
        end('p1'),
        path('p0', 'handle', 'p1') + path('waived2', 'p1') + path('late', 'p1'),
      ),
      serviceTask('extra', 'carriedExtra'),
      end(),
      path('start', 'phase2', 'extra', 'end'),
    ],
    { messages },
  );
  const variables = { no: 'M-1', alarmAt: '2999-01-01T00:00:00Z' };
  const first = await scene.run('carried', before, variables);
  const second = await scene.create('carried', { ...variables, no: 'M-2' });
  await scene.deploy({ 'carried.bpmn': after });
  const target = await keyOfLatest('carried');
  for (const key of [first, second]) await migrate(key, target, { phase: 'phase2', work: 'handle', waived: 'waived2' });
  const instance = await client.getProcessInstance({ processInstanceKey: first } as never, now);
  t.is(instance.processDefinitionVersion, 2);
  const task = await scene.task(first);
  t.is(task.elementId as string, 'handle');
  const completion = client.completeUserTask({ userTaskKey: task.userTaskKey } as never);
  await scene.complete(await scene.job('carriedNew'));
  await completion;
  await scene.publish('carried', 'M-2');
  const extras = await scene.jobs('carriedExtra');
  t.deepEqual(
    extras.map((job) => job.processInstanceKey),
    [first, second],
  );
  for (const job of extras) await scene.complete(job);
  t.is(await scene.state(first), 'COMPLETED');
  t.is(await scene.state(second), 'COMPLETED');
});

test('a signal that is waited for is waited for after a migration, and what begins to listen hears it too', async (t) => {
  const version = (watch: string, ...more: string[]) =>
    model(
      'signalled',
      [
        start(),
        userTask('work'),
        boundary(watch, 'work', onSignal('changed'), false),
        end(`${watch}End`),
        end(),
        path('start', 'work', 'end') + path(watch, `${watch}End`),
        ...more,
      ],
      { signals: ['changed', 'added', 'gone'] },
    );
  const also = (id: string) => boundary(id, 'work', onSignal(id), false) + end(`${id}End`) + path(id, `${id}End`);
  const key = await scene.run('signalled', version('before', also('gone')));
  await scene.deploy({ 'signalled.bpmn': version('after', also('added')) });
  await migrate(key, await keyOfLatest('signalled'), { work: 'work', before: 'after' });
  for (const signalName of ['changed', 'added', 'gone']) await client.broadcastSignal({ signalName } as never);
  t.deepEqual(
    (await scene.history(key)).filter((entry) => entry.includes('End')),
    ['afterEnd:COMPLETED', 'addedEnd:COMPLETED'],
  );
});

test('what can not be carried over is refused with its reason, and nothing has changed', async (t) => {
  const before = model('refused', [start(), serviceTask('a', 'refused'), end(), path('start', 'a', 'end')]);
  const key = await scene.run('refused', before);
  const after = model('refused', [
    start(),
    userTask('b'),
    serviceTask('c', 'x'),
    end(),
    path('start', 'b', 'c', 'end'),
  ]);
  await scene.deploy({ 'refused.bpmn': after });
  const target = await keyOfLatest('refused');
  await t.throwsAsync(() => migrate(key, target, { end: 'end' }), {
    message:
      /no mapping instruction defined for active element with id 'a'. Elements cannot be migrated without a mapping/,
  });
  await t.throwsAsync(() => migrate(key, target, { a: 'b' }), { message: /different type 'USER_TASK'/ });
  await t.throwsAsync(() => migrate(key, target, { a: 'z' }), { message: /non-existing target element id 'z'/ });
  await t.throwsAsync(() => migrate(key, '99', { a: 'c' }), { message: /no process definition found with key '99'/ });
  await t.throwsAsync(() => migrate('99', target, { a: 'c' }), { message: /no process instance found with key '99'/ });
  t.is((await client.getProcessInstance({ processInstanceKey: key } as never, now)).processDefinitionVersion, 1);
  await scene.completeNext('refused');
  t.is(await scene.state(key), 'COMPLETED');
});

const modify = (key: string, instructions: object) =>
  client.modifyProcessInstance({ processInstanceKey: key, ...instructions } as never);

const staged = (id: string) =>
  model(id, [
    start(),
    serviceTask('one', `${id}1`),
    subProcess(
      'inside',
      start('i0'),
      serviceTask('two', `${id}2`),
      catchEvent('wait', onTimer('PT9H')),
      end('i1'),
      path('i0', 'two', 'wait', 'i1'),
    ),
    serviceTask('three', `${id}3`),
    element('task', 'last'),
    end(),
    path('start', 'one', 'inside', 'three', 'last', 'end'),
  ]);

test('a token is put into a scope that was not there and the old one is taken away', async (t) => {
  const key = await scene.run('moved', staged('moved'));
  await scene.jobs('moved1');
  await modify(key, {
    activateInstructions: [
      {
        elementId: 'two',
        variableInstructions: [{ variables: { note: 'here' }, scopeId: 'two' }, { variables: { all: 1 } }],
      },
    ],
    terminateInstructions: [{ elementId: 'one' }],
  });
  const job = await scene.job('moved2');
  t.deepEqual(job.variables, { note: 'here', all: 1 });
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'one:TERMINATED', 'inside:ACTIVE', 'two:ACTIVE']);
  await modify(key, {
    moveInstructions: [
      { sourceElementInstruction: { sourceType: 'byId', sourceElementId: 'two' }, targetElementId: 'three' },
    ],
  });
  await scene.completeNext('moved3');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('inside:TERMINATED'));
});

test('an instance whose last token is taken away has been terminated', async (t) => {
  const key = await scene.run('emptied', staged('emptied'));
  await t.throwsAsync(() => modify(key, { activateInstructions: [{ elementId: 'nine' }] }), {
    message: /could not be found: 'nine'/,
  });
  await t.throwsAsync(() => modify(key, { activateInstructions: [{ elementId: 'start' }] }), {
    message: /not supported/,
  });
  await modify(key, { terminateInstructions: [{ elementId: 'one' }] });
  t.is(await scene.state(key), 'TERMINATED');
});
