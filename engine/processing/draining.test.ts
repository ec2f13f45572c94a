import test from 'ava';
import { callActivity, end, model, path, serviceTask, start } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const straight = (id: string) => model(id, [start(), serviceTask('task', id), end(), path('start', 'task', 'end')]);

test('what is deleted drains while instances of it run: nothing new begins with it, then it is gone', async (t) => {
  const { client } = scene;
  const said = async (act: Promise<unknown>) =>
    (
      await act.then(
        () => '',
        (error: { detail: string }) => error.detail,
      )
    ).replace(/^.*? rejected with code /, '');
  const { processes } = await scene.deploy({ 'd.bpmn': straight('drained') });
  const key = processes[0]!.processDefinitionKey;
  await scene.deploy({
    'c.bpmn': model('drainer', [start(), callActivity('call', 'drained'), end(), path('start', 'call', 'end')]),
    's.bpmn': straight('steady'),
  });
  const running = await scene.create('drained');
  const steady = await scene.create('steady');
  const remove = () => client.deleteResource({ resourceKey: key } as never);
  const create = (more: object) => client.createProcessInstance(more as never);
  const move = () =>
    client.migrateProcessInstance({
      processInstanceKey: steady,
      targetProcessDefinitionKey: key,
      mappingInstructions: [{ sourceElementId: 'task', targetElementId: 'task' }],
    } as never);
  await remove();
  t.is(
    await said(remove()),
    `'INVALID_STATE': Expected to delete process definition with key \`${key}\`, but it is already being deleted.`,
  );
  const refused = `'INVALID_STATE': Expected to create instance of process 'drained' (version 1, process definition key ${key}), but it is being deleted`;
  t.is(await said(create({ processDefinitionKey: key })), refused);
  t.is(await said(create({ processDefinitionId: 'drained', processDefinitionVersion: 1 })), refused);
  t.regex(await said(create({ processDefinitionId: 'drained' })), /^'NOT_FOUND'/);
  t.is(
    await said(move()),
    `'INVALID_STATE': Expected to migrate process instance to process definition with key '${key}' but it is being deleted`,
  );
  const caller = await scene.create('drainer');
  t.is(
    (await scene.incidents(caller))[0]!.errorMessage,
    `Expected to call process with BPMN process id 'drained' and version 1 (key ${key}), but it is being deleted.`,
  );
  await scene.completeNext('drained');
  t.is(await scene.state(running), 'COMPLETED');
  t.is(
    await said(create({ processDefinitionKey: key })),
    `'NOT_FOUND': Expected to find process definition with key '${key}', but none found`,
  );
  t.regex(await said(create({ processDefinitionId: 'drained', processDefinitionVersion: 1 })), /^'NOT_FOUND'/);
  t.regex(
    await said(move()),
    /^'NOT_FOUND': Expected to migrate process instance to process definition but no process/,
  );
  t.regex(await said(remove()), /^'NOT_FOUND'/);
});
