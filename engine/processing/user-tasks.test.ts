import test from 'ava';
import { approvalForm } from '../rest/testing/order-process.ts';
import {
  boundary,
  end,
  extensions,
  mapping,
  model,
  onMessage,
  path,
  start,
  taskListeners,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const oneTask = (id: string, ...more: string[]) =>
  model(id, [start(), userTask('task', ...more), end(), path('start', 'task', 'end')]);

const listened = (id: string, ...events: string[]) => oneTask(id, taskListeners(id, ...events));

test('a user task reads its groups, dates, priority and form once, when it is made', async (t) => {
  const xml = oneTask(
    'attributes',
    '<zeebe:formDefinition formId="approval" bindingType="deployment" />',
    '<zeebe:assignmentDefinition candidateGroups="=[unit, &quot;watch&quot;]" candidateUsers="li, wang" />',
    '<zeebe:taskSchedule dueDate="=dueAt" followUpDate="2030-01-01T00:00:00+08:00" />',
    '<zeebe:priorityDefinition priority="=urgency" />',
    '<zeebe:taskHeaders><zeebe:header key="screen" value="big" /></zeebe:taskHeaders>',
  );
  await scene.deploy({ 'attributes.bpmn': xml, 'approval.form': approvalForm });
  const key = await scene.create('attributes', { unit: 'water', dueAt: '2030-02-03T04:05:06+08:00', urgency: 80 });
  const task = await scene.task(key);
  t.like(task, {
    state: 'CREATED',
    elementId: 'task',
    assignee: null,
    candidateGroups: ['water', 'watch'],
    candidateUsers: ['li', 'wang'],
    dueDate: '2030-02-02T20:05:06.000Z',
    followUpDate: '2029-12-31T16:00:00.000Z',
    priority: 80,
    customHeaders: { screen: 'big' },
  } as never);
  const form = await scene.client.getUserTaskForm({ userTaskKey: task.userTaskKey } as never, scene.now);
  t.is((form as { formId: string }).formId, 'approval');
});

test('a task whose form or date is missing or wrong waits as an incident', async (t) => {
  const formless = await scene.run('formless', oneTask('formless', '<zeebe:formDefinition formId="absent" />'));
  const tag = '<zeebe:formDefinition formId="absent" bindingType="versionTag" versionTag="v1" />';
  const untagged = await scene.run('untagged', oneTask('untagged', tag));
  t.is(
    (await scene.incidents(untagged))[0]?.errorMessage,
    "Expected to use a form with id 'absent' and version tag 'v1', but no such form found. " +
      'To resolve the incident, deploy a form with the given id and version tag.\n',
  );
  t.is((await scene.incidents(formless))[0]?.errorType, 'FORM_NOT_FOUND');
  const schedule = '<zeebe:taskSchedule dueDate="=dueAt" />';
  const dateless = await scene.run('dateless', oneTask('dateless', schedule), { dueAt: 'soon' });
  const [incident] = await scene.incidents(dateless);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  await scene.client.createElementInstanceVariables({
    elementInstanceKey: dateless,
    variables: { dueAt: '2030-01-01T00:00:00Z' },
  } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is((await scene.task(dateless)).dueDate, '2030-01-01T00:00:00.000Z');
});

test('a task is assigned, taken back, changed and completed with variables', async (t) => {
  const key = await scene.run('plain', oneTask('plain', mapping({ asked: '="now"' })));
  const { userTaskKey } = await scene.task(key);
  await scene.client.assignUserTask({ userTaskKey, assignee: 'li' } as never);
  t.is((await scene.task(key)).assignee, 'li');
  await t.throwsAsync(
    () => scene.client.assignUserTask({ userTaskKey, assignee: 'wang', allowOverride: false } as never),
    { message: /Command 'CLAIM' rejected .* but it has already been assigned/ },
  );
  await scene.client.unassignUserTask({ userTaskKey } as never);
  t.is((await scene.task(key)).assignee, null);
  await scene.client.updateUserTask({
    userTaskKey,
    changeset: { dueDate: '2031-01-01T00:00:00Z', candidateGroups: ['fire'], priority: 5 },
  } as never);
  t.like(await scene.task(key), {
    dueDate: '2031-01-01T00:00:00.000Z',
    candidateGroups: ['fire'],
    priority: 5,
  } as never);
  // the client's own strict validation knows no empty date, which is how the API clears one
  const cleared = { changeset: { dueDate: '', candidateGroups: [] } };
  t.is((await scene.engine.request('PATCH', `/v2/user-tasks/${userTaskKey}`, cleared)).status, 204);
  t.like(await scene.task(key), { dueDate: null, candidateGroups: [], priority: 5 } as never);
  const seen = await scene.client.searchUserTaskVariables({ userTaskKey } as never, scene.now);
  t.deepEqual(
    seen.items.map(({ name }) => name),
    ['asked'],
  );
  await scene.client.completeUserTask({ userTaskKey, variables: { outcome: 'yes' } } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { outcome: 'yes' });
  await t.throwsAsync(() => scene.client.completeUserTask({ userTaskKey } as never), {
    message: /Expected to complete user task with key '\d+', but no such user task was found/,
  });
});

test('a model assignee is assigned as soon as the task is there', async (t) => {
  const key = await scene.run('assigned', oneTask('assigned', '<zeebe:assignmentDefinition assignee="=who" />'), {
    who: 'li',
  });
  t.is((await scene.task(key)).assignee, 'li');
});

test('every change of a task waits for its listeners, who see it as it will be', async (t) => {
  const events = ['creating', 'assigning', 'updating', 'completing', 'canceling'];
  const key = await scene.run('watched', listened('watched', ...events));
  const creating = await scene.job('watched');
  t.like(creating, { kind: 'TASK_LISTENER', listenerEventType: 'CREATING', elementId: 'task' });
  t.is((await scene.task(key)).state, 'CREATING');
  await scene.complete(creating);
  const { userTaskKey } = await scene.task(key);
  t.is((await scene.task(key)).state, 'CREATED');

  const assignment = scene.client.assignUserTask({ userTaskKey, assignee: 'li', action: 'take' } as never);
  const assigning = await scene.job('watched');
  t.like(assigning.userTask, {
    action: 'take',
    assignee: 'li',
    changedAttributes: ['assignee'],
    userTaskKey: String(userTaskKey),
  });
  t.is((await scene.task(key)).assignee, null, 'nothing is written before the listener agrees');
  await t.throwsAsync(() => scene.client.completeUserTask({ userTaskKey } as never), {
    message: /it is in state 'ASSIGNING'/,
  });
  await scene.complete(assigning);
  await assignment;
  t.is((await scene.task(key)).assignee, 'li');

  const update = scene.client.updateUserTask({ userTaskKey, changeset: { dueDate: '2030-01-01T00:00:00Z' } } as never);
  const updating = await scene.job('watched');
  t.like(updating.userTask, { dueDate: '2030-01-01T00:00:00Z', changedAttributes: ['dueDate'] });
  await scene.complete(updating);
  await update;

  const completion = scene.client.completeUserTask({ userTaskKey, variables: { ok: true } } as never);
  const completing = await scene.job('watched');
  t.is(completing.listenerEventType, 'COMPLETING');
  t.deepEqual(completing.variables, { ok: true });
  t.deepEqual(await scene.variables(key), {});
  await scene.complete(completing);
  await completion;
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { ok: true });
});

test('a listener may deny: the task stays as it was and whoever asked is told why', async (t) => {
  const key = await scene.run('denied', listened('denied', 'assigning', 'completing'));
  const { userTaskKey } = await scene.task(key);
  const completion = scene.client.completeUserTask({ userTaskKey, variables: { x: 1 } } as never);
  await scene.complete(
    await scene.job('denied'),
    {},
    { type: 'userTask', denied: true, deniedReason: 'two contacts are missing' },
  );
  await t.throwsAsync(() => completion, {
    message:
      /^[^']*Command 'COMPLETE' rejected with code 'INVALID_STATE': Completion of the User Task with key '\d+' was denied by Task Listener\. Reason to deny: 'two contacts are missing'$/,
  });
  t.is((await scene.task(key)).state, 'CREATED');
  t.deepEqual(await scene.variables(key), {});
});

test('a listener that fails for good is an incident that goes on where it stopped', async (t) => {
  const key = await scene.run('failing', listened('failing', 'creating'));
  const job = await scene.job('failing');
  await scene.client.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'database away' } as never);
  const [incident] = await scene.incidents(key);
  t.like(incident, {
    errorType: 'TASK_LISTENER_NO_RETRIES',
    errorMessage: 'database away',
    jobKey: job.jobKey,
  } as never);
  await t.throwsAsync(() => scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never), {
    message: /no retries left/,
  });
  await scene.client.updateJob({ jobKey: job.jobKey, changeset: { retries: 1 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('failing');
  t.is((await scene.task(key)).state, 'CREATED');
});

test('the output mapping of a completed task is mended by variables of the task itself', async (t) => {
  const key = await scene.run('mended', oneTask('mended', mapping({}, { out: '=assert(found, found != null)' })));
  const { userTaskKey, elementInstanceKey } = await scene.task(key);
  await scene.client.completeUserTask({ userTaskKey } as never);
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'IO_MAPPING_ERROR');
  const variables = { found: 1 };
  await scene.client.createElementInstanceVariables({ elementInstanceKey, variables, local: true } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { out: 1 });
});

test('a task that something else ends while it is being completed is canceled, and the completion is told', async (t) => {
  const xml = model(
    'overtaken',
    [
      start(),
      userTask('task', taskListeners('overtaken', 'completing', 'canceling')),
      boundary('waived', 'task', onMessage('waived')),
      end(),
      end('endWaived'),
      path('start', 'task', 'end') + path('waived', 'endWaived'),
    ],
    { messages: { waived: '=no' } },
  );
  const key = await scene.run('overtaken', xml, { no: 'O-1' });
  const { userTaskKey } = await scene.task(key);
  const completion = scene.client.completeUserTask({ userTaskKey } as never);
  const completing = await scene.job('overtaken');
  await scene.publish('waived', 'O-1');
  await t.throwsAsync(() => completion, { message: /NOT_FOUND/ });
  await t.throwsAsync(() => scene.complete(completing), { message: /no such job was found/ });
  const canceling = await scene.job('overtaken');
  t.is(canceling.listenerEventType, 'CANCELING');
  t.is(await scene.state(key), 'ACTIVE', 'the end waits for the listener');
  await scene.complete(canceling);
  t.is(await scene.state(key), 'COMPLETED');
  const task = await scene.client.getUserTask({ userTaskKey } as never, scene.now);
  t.is(task.state, 'CANCELED');
});

test('canceling an instance waits for the canceling listeners of its tasks', async (t) => {
  const key = await scene.run('canceled', listened('canceled', 'creating', 'canceling'));
  await scene.job('canceled');
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  const canceling = await scene.job('canceled');
  t.is(canceling.listenerEventType, 'CANCELING');
  await scene.complete(canceling);
  t.is(await scene.state(key), 'TERMINATED');
});

test('the end of a task that waits for its canceling listeners is not hastened by the end of what is around it', async (t) => {
  const xml = model(
    'hastened',
    [
      start(),
      userTask('task', taskListeners('hastened', 'canceling')),
      boundary('waived', 'task', onMessage('waived')),
      end(),
      end('endWaived'),
      path('start', 'task', 'end') + path('waived', 'endWaived'),
    ],
    { messages: { waived: '=no' } },
  );
  const key = await scene.run('hastened', xml, { no: 'H-1' });
  await scene.publish('waived', 'H-1');
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  t.is(await scene.state(key), 'ACTIVE');
  await t.throwsAsync(() => scene.client.cancelProcessInstance({ processInstanceKey: key } as never), {
    message: /NOT_FOUND.*no such process was found/s,
  });
  await scene.completeNext('hastened');
  t.is(await scene.state(key), 'TERMINATED');
  t.false((await scene.history(key)).some((line) => line.startsWith('waived')));
});

test('a modification does not tell the canceling listeners of the tasks that it ends', async (t) => {
  const key = await scene.run('modified', listened('modified', 'canceling'));
  const { userTaskKey } = await scene.task(key);
  await scene.client.modifyProcessInstance({
    processInstanceKey: key,
    terminateInstructions: [{ elementId: 'task' }],
  } as never);
  t.is((await scene.client.getUserTask({ userTaskKey } as never, scene.now)).state, 'CANCELED');
  t.is(await scene.state(key), 'TERMINATED');
  await scene.noJob(t, 'modified');
});

test.serial('a user task without zeebe:userTask is a job for a worker', async (t) => {
  const xml = model('byJob', [
    start(),
    `<bpmn:userTask id="task">${extensions('<zeebe:assignmentDefinition assignee="li" candidateGroups="a, b" />')}</bpmn:userTask>`,
    end(),
    path('start', 'task', 'end'),
  ]);
  const key = await scene.run('byJob', xml);
  const job = await scene.job('io.camunda.zeebe:userTask');
  t.deepEqual(job.customHeaders, {
    'io.camunda.zeebe:assignee': 'li',
    'io.camunda.zeebe:candidateGroups': '["a","b"]',
  });
  await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial('a job for a worker knows the form that the task is bound to, and no empty assignee', async (t) => {
  const bound = (formId: string) =>
    model('boundJob', [
      start(),
      `<bpmn:userTask id="task">${extensions(
        `<zeebe:formDefinition formId="${formId}" />`,
        '<zeebe:assignmentDefinition assignee="=nobody" />',
      )}</bpmn:userTask>`,
      end(),
      path('start', 'task', 'end'),
    ]);
  const missed = await scene.run('boundJob', bound('absent'), { nobody: '' });
  t.is((await scene.incidents(missed))[0]?.errorType, 'FORM_NOT_FOUND');
  const { deployments } = await scene.deploy({ 'boundJob.bpmn': bound('approval'), 'approval.form': approvalForm });
  await scene.create('boundJob', { nobody: '' });
  const job = await scene.job('io.camunda.zeebe:userTask');
  const form = deployments.find((deployed) => deployed.form)?.form;
  t.deepEqual(job.customHeaders, { 'io.camunda.zeebe:formKey': String(form!.formKey) });
  await scene.complete(job);
});
