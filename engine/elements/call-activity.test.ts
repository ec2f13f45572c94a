import test from 'ava';
import {
  boundary,
  callActivity,
  definitions,
  element,
  end,
  extensions,
  loop,
  mapping,
  model,
  onError,
  path,
  process,
  serviceTask,
  start,
  subProcess,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const child = (id: string) => model(id, [start(), serviceTask('work', id), end(), path('start', 'work', 'end')]);

/** A call of `id` by a process `id-parent`. */
const parent = (id: string, attributes = '', ...more: string[]) =>
  model(`${id}-parent`, [start(), callActivity('call', id, attributes, ...more), end(), path('start', 'call', 'end')]);

test('a call whose process is not there is an incident, for each binding in the words of Zeebe', async (t) => {
  const key = await scene.run('absent-parent', parent('absent'));
  const [latest] = await scene.incidents(key);
  t.is(latest!.errorType, 'CALLED_ELEMENT_ERROR');
  t.is(latest!.errorMessage, "Expected process with BPMN process id 'absent' to be deployed, but not found.");
  await scene.client.resolveIncident({ incidentKey: latest!.incidentKey } as never);
  t.is((await scene.incidents(key)).length, 1, 'the cause is still there');
  await scene.deploy({ 'absent.bpmn': child('absent') });
  const [again] = await scene.incidents(key);
  await scene.client.resolveIncident({ incidentKey: again!.incidentKey } as never);
  await scene.completeNext('absent');
  t.is(await scene.state(key), 'COMPLETED');

  const tagged = await scene.run('tagged-parent', parent('tagged', 'bindingType="versionTag" versionTag="v9"'));
  t.is(
    (await scene.incidents(tagged))[0]!.errorMessage,
    "Expected to call process with BPMN process id 'tagged' and version tag 'v9', but no such process found. " +
      'To resolve this incident, deploy a process with the given process id and version tag.',
  );
  const elsewhere = callActivity('call', '=called', 'bindingType="deployment"');
  const apart = await scene.run('elsewhere', model('elsewhere', [start(), elsewhere, path('start', 'call')]), {
    called: 'apart',
  });
  t.regex(
    (await scene.incidents(apart))[0]!.errorMessage,
    /^Expected to call process with BPMN process id 'apart' with binding type 'deployment', but no such process found in the deployment with key \d+ which contained the current process\. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended process definition to call\.$/,
  );
});

test('calls go as deep as it was set, then there is an incident', async (t) => {
  const shallow = await Scene.open({ maxProcessDepth: 2 });
  t.teardown(() => shallow.close());
  await shallow.deploy({
    'self.bpmn': model('self', [start(), callActivity('call', '=me'), end(), path('start', 'call', 'end')]),
  });
  await shallow.create('self', { me: 'self' });
  const { items } = await shallow.client.searchIncidents({} as never, scene.now);
  t.deepEqual(
    items.map(({ errorType, errorMessage }) => [errorType, errorMessage]),
    [
      [
        'CALLED_ELEMENT_ERROR',
        'The call activity has reached the maximum depth of 2. This is likely due to a recursive call. ' +
          'Cancel the root process instance if this was unintentional. Otherwise, consider increasing the maximum depth, ' +
          'or use process instance modification to adjust the process instance.',
      ],
    ],
  );
});

test('without the parent switch the items of a loop go down by input mappings only', async (t) => {
  const items = loop({
    inputCollection: '=items',
    inputElement: 'item',
    outputCollection: 'results',
    outputElement: '=r',
  });
  const calls = (id: string, ...more: string[]) =>
    model(`${id}-parent`, [
      start(),
      element(
        'callActivity',
        'call',
        extensions(`<zeebe:calledElement processId="${id}" propagateAllParentVariables="false" />`, ...more) + items,
      ),
      end(),
      path('start', 'call', 'end'),
    ]);
  await scene.deploy({ 'silent.bpmn': child('silent'), 'told.bpmn': child('told') });
  await scene.run('silent-parent', calls('silent'), { items: [1] });
  t.deepEqual((await scene.job('silent')).variables, {});
  const key = await scene.run('told-parent', calls('told', mapping({ it: '=item' })), { items: [1, 2] });
  const jobs = await scene.jobs('told');
  t.deepEqual(
    jobs.map(({ variables }) => variables.it),
    [1, 2],
  );
  for (const job of jobs) await scene.complete(job, { r: Number(job.variables.it) * 10 });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).results, [10, 20]);
});

test('with output mappings the result of the called process is what they name, whatever the child switch says', async (t) => {
  await scene.deploy({ 'result.bpmn': child('result') });
  const key = await scene.run('result-parent', parent('result', '', mapping({}, { taken: '=made' })), { a: 1 });
  await scene.completeNext('result', { made: 1, other: 2 });
  t.deepEqual(await scene.variables(key), { a: 1, taken: 1 });
  const none = await scene.run('result-parent', parent('result', 'propagateAllChildVariables="false"'), { a: 1 });
  await scene.completeNext('result', { made: 1 });
  t.deepEqual(await scene.variables(none), { a: 1 });
});

test('an error ends all that a looped call runs, and its variables go on by the mapping of the event alone', async (t) => {
  const items = loop({ inputCollection: '=[1,2,3]' });
  const xml = model(
    'burst-parent',
    [
      start(),
      element('callActivity', 'call', extensions('<zeebe:calledElement processId="burst" />') + items),
      boundary('caught', 'call', extensions(mapping({}, { reason: '=why' })) + onError('BURST')),
      end(),
      path('start', 'call', 'end'),
      path('caught', 'end'),
    ],
    { errors: ['BURST'] },
  );
  await scene.deploy({ 'burst.bpmn': child('burst') });
  const key = await scene.run('burst-parent', xml);
  const [job, other] = await scene.jobs('burst');
  await scene.client.throwJobError({
    jobKey: job!.jobKey,
    errorCode: 'BURST',
    variables: { why: 'hot', also: 1 },
  } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.is(await scene.state(other!.processInstanceKey), 'TERMINATED');
  t.deepEqual(await scene.variables(key), { reason: 'hot' });
  const filter = { processInstanceKey: key };
  const found = await scene.client.searchVariables({ filter } as never, scene.now);
  t.deepEqual(found.items.map(({ name }) => name).toSorted(), [
    'also',
    'loopCounter',
    'loopCounter',
    'loopCounter',
    'reason',
    'why',
  ]);
});

test('an error that nobody catches says which were there to be caught, and is thrown again when resolved', async (t) => {
  const xml = definitions(
    process(
      'thrown',
      start(),
      subProcess('inside', start('i0'), end('failed', onError('=code')), path('i0', 'failed')),
      boundary('one', 'inside', onError('ONE')),
      boundary('two', 'inside', onError('TWO')),
      end(),
      path('start', 'inside', 'end') + path('one', 'end') + path('two', 'end'),
    ),
    { errors: ['=code', 'ONE', 'TWO'] },
  );
  const key = await scene.run('thrown', xml, { code: 'THREE' });
  const [incident] = await scene.incidents(key);
  t.is(
    incident!.errorMessage,
    "Expected to throw an error event with the code 'THREE', but it was not caught. Available error events are [TWO, ONE]",
  );
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { code: 'TWO' } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('two:COMPLETED'));
});
