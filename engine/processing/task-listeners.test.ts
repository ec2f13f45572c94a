import test from 'ava';
import { end, model, path, start, taskListeners, userTask } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const oneTask = (id: string, ...more: string[]) =>
  model(id, [start(), userTask('task', ...more), end(), path('start', 'task', 'end')]);

test('a listener may correct what is being written', async (t) => {
  const key = await scene.run('corrected', oneTask('corrected', taskListeners('correct1', 'creating'), ''));
  const corrections = { assignee: 'wang', candidateGroups: ['fire'], priority: 99, dueDate: '2032-01-01T00:00:00Z' };
  await scene.complete(await scene.job('correct1'), {}, { type: 'userTask', corrections });
  t.like(await scene.task(key), {
    assignee: 'wang',
    candidateGroups: ['fire'],
    priority: 99,
    dueDate: '2032-01-01T00:00:00.000Z',
  } as never);
});

test('several listeners of an event follow each other, the later one seeing the corrections of the earlier', async (t) => {
  const both = `<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="firstOf" /><zeebe:taskListener eventType="creating" type="secondOf" retries="5" /></zeebe:taskListeners>`;
  const key = await scene.run('ordered', oneTask('ordered', both));
  await scene.noJob(t, 'secondOf');
  await scene.complete(await scene.job('firstOf'), {}, { type: 'userTask', corrections: { priority: 1 } });
  const second = await scene.job('secondOf');
  t.is(second.retries, 5);
  t.is(second.userTask?.priority, 1);
  await scene.complete(second);
  t.is((await scene.task(key)).state, 'CREATED');
});

test('listeners are told what is different from before, in the names of Zeebe’s record', async (t) => {
  const three = ['told1', 'told2', 'told3']
    .map((type) => `<zeebe:taskListener eventType="updating" type="${type}" />`)
    .join('');
  const key = await scene.run(
    'told',
    oneTask(
      'told',
      '<zeebe:priorityDefinition priority="42" />',
      '<zeebe:assignmentDefinition candidateUsers="li, wang" />',
      `<zeebe:taskListeners>${three}</zeebe:taskListeners>`,
    ),
  );
  const { userTaskKey } = await scene.task(key);
  const changeset = { candidateGroups: ['elves'], candidateUsers: ['li', 'wang'], priority: 99 };
  const update = scene.client.updateUserTask({ userTaskKey, changeset } as never);
  const correct = async (type: string, corrections: object) => {
    const job = await scene.job(type);
    await scene.complete(job, {}, { type: 'userTask', denied: false, corrections });
    return job.userTask!.changedAttributes;
  };
  t.deepEqual(await correct('told1', { dueDate: '2032-01-01T00:00:00Z' }), ['candidateGroupsList', 'priority']);
  t.deepEqual(await correct('told2', { priority: 42 }), ['candidateGroupsList', 'dueDate', 'priority']);
  t.deepEqual(await correct('told3', { candidateUsers: [], assignee: 'li' }), ['candidateGroupsList', 'dueDate']);
  await update;
  const { priority, assignee, candidateGroups, candidateUsers } = await scene.task(key);
  t.deepEqual([priority, assignee, candidateGroups, candidateUsers], [42, 'li', ['elves'], []]);
});

test('where a listener can not be described, all of its event are called again, and what was corrected holds', async (t) => {
  const listeners = ['vague1', '=later', 'vague3']
    .map((type) => `<zeebe:taskListener eventType="completing" type="${type}" />`)
    .join('');
  const key = await scene.run('vague', oneTask('vague', `<zeebe:taskListeners>${listeners}</zeebe:taskListeners>`));
  const { userTaskKey } = await scene.task(key);
  const completion = scene.client.completeUserTask({ userTaskKey, action: 'sign', variables: { a: 1 } } as never);
  const first = await scene.job('vague1');
  await scene.complete(first, {}, { type: 'userTask', denied: false, corrections: { priority: 7 } });
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  await scene.client.createElementInstanceVariables({
    elementInstanceKey: key,
    variables: { later: 'vague2' },
  } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  const again = await scene.job('vague1');
  t.not(again.jobKey, first.jobKey);
  t.is(again.variables.a, 1);
  t.like(again.userTask, { action: 'sign', priority: 7, changedAttributes: ['priority'] });
  await scene.complete(again);
  await scene.completeNext('vague2');
  await scene.completeNext('vague3');
  await completion;
  t.is(await scene.state(key), 'COMPLETED');
});

test('a denial with corrections is refused, in Zeebe’s words', async (t) => {
  const key = await scene.run('both', oneTask('both', taskListeners('both', 'updating')));
  const { userTaskKey } = await scene.task(key);
  const update = scene.client.updateUserTask({ userTaskKey, changeset: { priority: 7 } } as never);
  const { jobKey } = await scene.job('both');
  const answer = (corrections: object) =>
    scene.engine.request('POST', `/v2/jobs/${jobKey}/completion`, {
      result: { type: 'userTask', denied: true, deniedReason: 'no', corrections },
    });
  const refused = await answer({ priority: 4 });
  t.is(refused.status, 400);
  t.is(
    refused.body.detail,
    "Command 'COMPLETE' rejected with code 'INVALID_ARGUMENT': Expected to complete task listener job with " +
      `corrections, but the job result is denied (job key '${jobKey}', type 'both', processInstanceKey '${key}'). ` +
      'The corrections would be reverted by the denial. Either complete the job with corrections without setting ' +
      'denied, or complete the job with a denied result but no corrections.\n',
  );
  t.is((await answer({ priority: null })).status, 204);
  await t.throwsAsync(() => update, { message: /Reason to deny: 'no'/ });
  t.is((await scene.task(key)).priority, 50);
});
