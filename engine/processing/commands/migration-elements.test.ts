import test from 'ava';
import { deployModel, migrator } from '../../testing/migration.ts';
import {
  callActivity,
  catchEvent,
  element,
  end,
  extensions,
  loop,
  model,
  onMessage,
  onTimer,
  path,
  serviceTask,
  start,
  taskDefinition,
  userTask,
} from '../../testing/model.ts';
import { refused } from '../../testing/modification.ts';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
const { client, now } = scene;
const migrate = migrator(scene);
const deploy = (...definition: [string, string[], Record<string, string>?]) => deployModel(scene, ...definition);
test.after.always(() => scene.close());

test('multi-instances are carried over with all that runs in them, but stay sequential or parallel', async (t) => {
  const many = (id: string, sequential: boolean) => [
    start(),
    element(
      'serviceTask',
      id,
      extensions(taskDefinition('carriedMany')) + loop({ inputCollection: '=[1, 2]', inputElement: 'n', sequential }),
    ),
    end(),
    path('start', id, 'end'),
  ];
  await deploy('many', many('A', false));
  const key = await scene.create('many');
  const sequential = await deploy('manySequential', many('B', true));
  t.true(
    (await refused(() => migrate(key, sequential, { A: 'B' }))).includes(
      "active element with id 'A' has a different loop characteristics than the target element with id 'B'. Both elements must have either sequential or parallel loop characteristics.",
    ),
  );
  const target = await deploy('manyTarget', many('B', false));
  await migrate(key, target, { A: 'B' });
  for (const job of await scene.jobs('carriedMany')) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(
    (await scene.history(key)).filter((line) => line.startsWith('B')),
    ['B:COMPLETED', 'B:COMPLETED', 'B:COMPLETED'],
  );
});

test('the job of a user task becomes a task of Camunda’s, not the other way round', async (t) => {
  const candidates = '<zeebe:assignmentDefinition assignee="=who" candidateGroups="=groups" />';
  const byWorker = element('userTask', 'A', extensions(candidates, '<zeebe:taskSchedule dueDate="=due" />'));
  await deploy('worker', [start(), byWorker, end(), path('start', 'A', 'end')]);
  const variables = { who: 'lisa', groups: ['crew'], due: '2031-02-03T04:05:06Z' };
  const key = await scene.create('worker', variables);
  const [job] = await scene.jobs('io.camunda.zeebe:userTask');
  const assigned = '<zeebe:assignmentDefinition assignee="=who" />';
  const target = await deploy('camunda', [start(), userTask('B', assigned), end(), path('start', 'B', 'end')]);
  await migrate(key, target, { A: 'B' });
  await t.throwsAsync(() => scene.complete(job!));
  const task = await scene.task(key);
  t.like(task, { elementId: 'B', assignee: 'lisa', candidateGroups: ['crew'], state: 'CREATED' });
  t.is(new Date(task.dueDate as string).toISOString(), '2031-02-03T04:05:06.000Z');
  const back = await client.searchProcessDefinitions({ filter: { processDefinitionId: 'worker' } } as never, now);
  const detail = await refused(() => migrate(key, String(back.items[0]!.processDefinitionKey), { B: 'A' }));
  t.true(
    detail.includes(
      "active user task with id 'B' and implementation 'zeebe user task' is mapped to an user task with id 'A' and different implementation 'job worker'. Elements must be mapped to elements of the same implementation.",
    ),
  );
  await client.completeUserTask({ userTaskKey: task.userTaskKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial(
  'the form, the headers and the candidates of a job come along to the task, the priority is new',
  async (t) => {
    const form = (attributes: string) => `<zeebe:formDefinition ${attributes} />`;
    const header = '<zeebe:taskHeaders><zeebe:header key="own" value="1" /></zeebe:taskHeaders>';
    const worker = async (id: string, attributes: string) => {
      await deploy(id, [start(), element('userTask', 'A', extensions(form(attributes), header)), path('start', 'A')]);
      return scene.create(id);
    };
    const task = (id: string, ...more: string[]) => deploy(id, [start(), userTask('B', ...more), path('start', 'B')]);
    const linked = await worker('linked', 'formId="linkedForm"');
    t.regex(
      (await scene.incidents(linked))[0]!.errorMessage,
      /^Expected to find a form with id 'linkedForm', but no form/,
    );
    const plain = await task('plainTask', '<zeebe:priorityDefinition priority="=70" />');
    t.true(
      (await refused(() => migrate(linked, plain, { A: 'B' }))).includes(
        `Expected to migrate a job for user task 'A' on process instance with key '${linked}', but could not find job with key '0'. ` +
          'Please resolve any incidents on the user task before migrating the process instance.',
      ),
    );
    await scene.deploy({ 'linked.form': JSON.stringify({ id: 'linkedForm', components: [] }) });
    const [incident] = await scene.incidents(linked);
    await client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
    const [job] = await scene.jobs('io.camunda.zeebe:userTask');
    const formKey = job!.customHeaders['io.camunda.zeebe:formKey']!;
    t.regex(formKey, /^\d+$/);
    await migrate(linked, plain, { A: 'B' });
    const like = { state: 'CREATED', priority: 70, assignee: null, customHeaders: { own: '1' } };
    t.like(await scene.task(linked), { ...like, formKey, externalFormReference: null });

    const outer = await worker('outer', 'formKey="there"');
    await migrate(outer, plain, { A: 'B' });
    t.like(await scene.task(outer), { ...like, formKey: null, externalFormReference: 'there' });

    const inner = () => worker('inner', 'formKey="camunda-forms:bpmn:UserTaskForm_1"');
    const embedded = await inner();
    await migrate(embedded, plain, { A: 'B' });
    t.like(await scene.task(embedded), { ...like, formKey: null, externalFormReference: null });
    const linkedTask = await task('linkedTask', form('formId="linkedForm"'));
    const again = await inner();
    await migrate(again, linkedTask, { A: 'B' });
    t.like(await scene.task(again), { priority: 50, formKey, externalFormReference: null });
    const missing = await task('missingTask', form('formId="nowhere"'));
    const stays = await inner();
    t.true(
      (await refused(() => migrate(stays, missing, { A: 'B' }))).includes(
        "Expected to migrate form of user task with id 'A' to internal form with reference 'nowhere' defined in target element 'B', " +
          "but reference evaluation failed with message: Expected to find a form with id 'nowhere'",
      ),
    );
    await client.cancelProcessInstance({ processInstanceKey: stays } as never);
  },
);

test.serial('no listener is called when a job becomes a task', async (t) => {
  const byWorker = element('userTask', 'A', extensions('<zeebe:assignmentDefinition assignee="old" />'));
  await deploy('unheardWorker', [start(), byWorker, path('start', 'A')]);
  const key = await scene.create('unheardWorker');
  const listeners =
    '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="unheard" /><zeebe:taskListener eventType="assigning" type="unheard" /></zeebe:taskListeners>';
  const assigned = '<zeebe:assignmentDefinition assignee="new" />';
  const target = await deploy('unheardTask', [start(), userTask('B', assigned, listeners), path('start', 'B')]);
  await migrate(key, target, { A: 'B' });
  t.like(await scene.task(key), { state: 'CREATED', assignee: 'new' });
  t.deepEqual(await scene.jobs('unheard'), []);
});

test.serial('the jobs of a multi-instance user task become tasks, one by one', async (t) => {
  const items = loop({ inputCollection: '=[1, 2]', inputElement: 'n' });
  await deploy('manyJobs', [start(), element('userTask', 'A', items), path('start', 'A')]);
  const key = await scene.create('manyJobs');
  const target = await deploy('manyTasks', [
    start(),
    element('userTask', 'B', extensions('<zeebe:userTask />') + items),
    path('start', 'B'),
  ]);
  await migrate(key, target, { A: 'B' });
  const { items: tasks } = await client.searchUserTasks({ filter: { processInstanceKey: key } } as never, now);
  t.deepEqual(
    tasks.map(({ elementId, state }) => [elementId, state]),
    [
      ['B', 'CREATED'],
      ['B', 'CREATED'],
    ],
  );
  for (const { userTaskKey } of tasks) await client.completeUserTask({ userTaskKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
});

test('called instances stay, incidents go with their element, what is caught behind a gateway too', async (t) => {
  await deploy('kid', [start(), serviceTask('K', 'kidWork'), end(), path('start', 'K', 'end')]);
  const messages = { heard: '="h"' };
  const parent = (call: string, work: string, choice: string) => [
    start(),
    element('parallelGateway', 'fork'),
    callActivity(call, 'kid'),
    serviceTask(work, 'parentWork'),
    element('eventBasedGateway', choice),
    catchEvent(`${choice}Message`, onMessage('heard')),
    catchEvent(`${choice}Timer`, onTimer('PT9H')),
    end(),
    path('start', 'fork', call, 'end') +
      path('fork', work, 'end') +
      path('fork', choice, `${choice}Message`, 'end') +
      path(choice, `${choice}Timer`, 'end'),
  ];
  await deploy('parent', parent('call', 'work', 'choice'), messages);
  const key = await scene.create('parent');
  const [job] = await scene.jobs('parentWork');
  await client.failJob({ jobKey: job!.jobKey, retries: 0 } as never);
  const target = await deploy('parentTarget', parent('call2', 'work2', 'choice2'), messages);
  await migrate(key, target, {
    call: 'call2',
    work: 'work2',
    choice: 'choice2',
    choiceMessage: 'choice2Message',
    choiceTimer: 'choice2Timer',
  });
  const [incident] = await scene.incidents(key);
  t.is(incident!.elementId as string, 'work2');
  t.is(incident!.processDefinitionId as string, 'parentTarget');
  await client.updateJob({ jobKey: job!.jobKey, changeset: { retries: 1 } } as never);
  await client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('parentWork');
  await scene.completeNext('kidWork');
  await scene.publish('heard', 'h');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('choice2Message:COMPLETED'));
});

test('a message start’s correlation key goes with the instance, and keeps one at a time', async (t) => {
  const started = (task: string) => [
    start('start', onMessage('go')),
    serviceTask(task, 'startedWork'),
    end(),
    path('start', task, 'end'),
  ];
  const deployStart = async (id: string, task: string) => {
    const xml = model(id, started(task), { messages: { [`go${id}`]: null } }).replaceAll(
      'message_go"',
      `message_go${id}"`,
    );
    const { deployments } = await scene.deploy({ [`${id}.bpmn`]: xml });
    return String(deployments[0]!.processDefinition!.processDefinitionKey);
  };
  await deployStart('first', 'A');
  const target = await deployStart('second', 'B');
  const startBy = async (id: string) => {
    await scene.publish(`go${id}`, 'same');
    const filter = { processDefinitionId: id, state: 'ACTIVE' };
    const found = await client.searchProcessInstances({ filter } as never, now);
    return String(found.items[0]!.processInstanceKey);
  };
  const key = await startBy('first');
  const rival = await startBy('second');
  const detail = await refused(() => migrate(key, target, { A: 'B' }));
  t.true(
    detail.includes(
      `but target process definition '${target}' has an active instance triggered by a message start event with correlation key 'same'. Only one instance per correlation key is allowed for message start events.`,
    ),
    detail,
  );
  await client.cancelProcessInstance({ processInstanceKey: rival } as never);
  await migrate(key, target, { A: 'B' });
  await scene.publish('gosecond', 'same');
  const filter = { processDefinitionId: 'second', state: 'ACTIVE' };
  t.is((await client.searchProcessInstances({ filter } as never, now)).page.totalItems, 1);
});
