import test from 'ava';
import {
  boundary,
  element,
  end,
  escape,
  extensions,
  mapping,
  model,
  onError,
  path,
  serviceTask,
  start,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const listeners = (...given: [event: string, type: string, more?: string][]) =>
  `<zeebe:executionListeners>${given
    .map(([event, type, more = '']) => {
      const [attributes, content] = more.startsWith('<') ? ['', more] : [more, ''];
      return `<zeebe:executionListener eventType="${event}" type="${escape(type)}" ${attributes}>${content}</zeebe:executionListener>`;
    })
    .join('')}</zeebe:executionListeners>`;

const listened = (id: string, ...more: string[]) =>
  model(
    id,
    [
      start(),
      element('serviceTask', 'it', extensions(taskDefinition(`${id}Work`), ...more)),
      boundary('caught', 'it', onError('bad')),
      serviceTask('next', `${id}Next`),
      end(),
      end('other'),
      path('start', 'it', 'next', 'end'),
      path('caught', 'other'),
    ],
    { errors: ['bad'] },
  );

test('a start listener makes local variables, an end listener those of the scope around', async (t) => {
  const heads = '<zeebe:taskHeaders><zeebe:header key="who" value="me" /></zeebe:taskHeaders>';
  const key = await scene.run(
    'scoped',
    listened('scoped', mapping({ a: '=1' }, { out: '=a' }), listeners(['start', 'scopedS', heads], ['end', 'scopedE'])),
  );
  const first = await scene.job('scopedS');
  t.like(first, { elementId: 'it', kind: 'EXECUTION_LISTENER', retries: 3, variables: { a: 1 } });
  await scene.complete(first, { a: 5, local: true });
  const work = await scene.job('scopedWork');
  t.deepEqual(work.variables, { a: 5, local: true });
  await scene.complete(work);
  const last = await scene.job('scopedE');
  t.deepEqual(last.variables, { a: 5, local: true, out: 5 });
  await scene.complete(last, { a: 7, said: 'end' });
  t.deepEqual((await scene.job('scopedNext')).variables, { a: 7, out: 5, said: 'end' });
  t.deepEqual(await scene.variables(key), { a: 7, out: 5, said: 'end' });
});

test('a listener that fails for good is an incident; after it only this one is called again', async (t) => {
  const key = await scene.run('failing', listened('failing', listeners(['start', 'failing1'], ['start', 'failing2'])));
  await scene.completeNext('failing1');
  const { jobKey } = await scene.job('failing2');
  await scene.client.failJob({ jobKey, retries: 1, errorMessage: 'once' } as never);
  t.is((await scene.job('failing2')).retries, 1);
  await scene.client.failJob({ jobKey, retries: 0, errorMessage: 'broken' } as never);
  const [incident] = await scene.incidents(key);
  t.like(incident, { errorType: 'EXECUTION_LISTENER_NO_RETRIES', errorMessage: 'broken', elementId: 'it', jobKey });
  await scene.client.updateJob({ jobKey, changeset: { retries: 2 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('failing2');
  await scene.noJob(t, 'failing1');
  await scene.completeNext('failingWork');
});

test('where a listener can not be described, all of its kind are called again', async (t) => {
  const key = await scene.run('unnamed', listened('unnamed', listeners(['start', 'unnamed1'], ['start', '=later'])));
  await scene.completeNext('unnamed1');
  const [incident] = await scene.incidents(key);
  t.like(incident, { errorType: 'EXTRACT_VALUE_ERROR', elementId: 'it' });
  await scene.client.createElementInstanceVariables({
    elementInstanceKey: key,
    variables: { later: 'unnamed2' },
  } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('unnamed1');
  await scene.completeNext('unnamed2');
  await scene.completeNext('unnamedWork');
});

for (const event of ['start', 'end']) {
  test(`an instance is canceled while its ${event} listener waits`, async (t) => {
    const id = `gone${event}`;
    const key = await scene.run(id, listened(id, listeners([event, `${id}L`])));
    if (event === 'end') await scene.completeNext(`${id}Work`);
    const { jobKey } = await scene.job(`${id}L`);
    await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
    t.is(await scene.state(key), 'TERMINATED');
    const { items } = await scene.client.searchJobs({ filter: { jobKey } } as never, scene.now);
    t.is(items[0]!.state, 'CANCELED');
  });
}

test('a listener throws no BPMN error', async (t) => {
  const key = await scene.run('thrown', listened('thrown', listeners(['start', 'thrownL'])));
  const { jobKey } = await scene.job('thrownL');
  await t.throwsAsync(() => scene.client.throwJobError({ jobKey, errorCode: 'bad' } as never), {
    message: new RegExp(
      `Cannot throw BPMN error from EXECUTION_LISTENER job with key '${jobKey}', type 'thrownL' and processInstanceKey '${key}'`,
    ),
  });
  await scene.client.completeJob({ jobKey } as never);
  await scene.completeNext('thrownWork');
});
