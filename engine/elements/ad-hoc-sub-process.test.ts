import anyTest, { type TestFn } from 'ava';
import {
  adHoc,
  compensate,
  element,
  end,
  extensions,
  forCompensation,
  loop,
  mapping,
  model,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  throwEvent,
  undo,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const test = anyTest as TestFn<Scene>;
let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const around = (...content: string[]): string[] => [start(), ...content, end(), path('start', 'adhoc', 'end')];

async function keyOf(instance: string, elementId: string): Promise<string> {
  const filter = { processInstanceKey: instance, elementId, state: 'ACTIVE' };
  const { items } = await scene.client.searchElementInstances({ filter } as never, scene.now);
  if (items.length !== 1) throw new Error(`${items.length} instances of ${elementId}`);
  return items[0]!.elementInstanceKey;
}

const activate = (adHocSubProcessInstanceKey: string, elements: object[], more: object = {}) =>
  scene.client.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey, elements, ...more } as never);

test('the named elements begin, each in a scope of its own, and the last one ends the sub-process', async (t) => {
  const content = around(
    adHoc(
      'adhoc',
      { active: '=chosen' },
      serviceTask('a', 'named-a'),
      serviceTask('b', 'named-b'),
      serviceTask('c', 'named-c'),
    ),
  );
  const key = await scene.run('named', model('named', content), { chosen: ['a', 'c'] });
  await scene.noJob(t, 'named-b');
  await scene.completeNext('named-a');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('named-c');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.history(key), [
    'start:COMPLETED',
    'adhoc:COMPLETED',
    'adhoc#innerInstance:COMPLETED',
    'adhoc#innerInstance:COMPLETED',
    'a:COMPLETED',
    'c:COMPLETED',
    'end:COMPLETED',
  ]);
  const filter = { processInstanceKey: key, type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE' };
  const inner = await scene.client.searchElementInstances({ filter } as never, scene.now);
  t.is(inner.items.length, 2);
});

test('what follows an element runs in the same inner instance', async (t) => {
  const content = around(
    adHoc('adhoc', { active: '=["a"]' }, serviceTask('a', 'follows-a'), serviceTask('b', 'follows-b'), path('a', 'b')),
  );
  const key = await scene.run('follows', model('follows', content));
  await scene.completeNext('follows-a');
  await scene.completeNext('follows-b');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a list that names what is not there, or that is none, is an incident that can be mended', async (t) => {
  const content = around(
    adHoc('adhoc', { active: '=chosen' }, serviceTask('a', 'wrong-a'), serviceTask('b', 'wrong-b'), path('a', 'b')),
  );
  const key = await scene.run('wrong', model('wrong', content), { chosen: ['a', 'b', 'x'] });
  const adHocKey = await keyOf(key, 'adhoc');
  const [incident] = await scene.incidents(key);
  t.is(incident!.errorType, 'EXTRACT_VALUE_ERROR');
  t.is(
    incident!.errorMessage,
    `Expected to activate activities for ad-hoc sub-process with key '${adHocKey}', but the given elements [b, x] do not exist.`,
  );
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { chosen: 5 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  const [second] = await scene.incidents(key);
  t.is(
    second!.errorMessage,
    "Failed to activate ad-hoc elements. Expected result of the expression 'chosen' to be 'ARRAY', but was 'NUMBER'.",
  );
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { chosen: ['a'] } } as never);
  await scene.client.resolveIncident({ incidentKey: second!.incidentKey } as never);
  t.deepEqual(await scene.incidents(key), []);
  await scene.completeNext('wrong-a');
  await scene.completeNext('wrong-b');
  t.is(await scene.state(key), 'COMPLETED');
});

test('clients begin elements with variables, several times over, and cancel what remains', async (t) => {
  const content = around(adHoc('adhoc', {}, serviceTask('a', 'client-a'), serviceTask('b', 'client-b')));
  const key = await scene.run('client', model('client', content));
  t.is(await scene.state(key), 'ACTIVE');
  const adHocKey = await keyOf(key, 'adhoc');
  await activate(adHocKey, [{ elementId: 'a', variables: { n: 1 } }, { elementId: 'b' }]);
  await activate(adHocKey, [{ elementId: 'a', variables: { n: 2 } }]);
  const jobs = await scene.jobs('client-a');
  t.deepEqual(
    jobs.map(({ variables }) => variables.n),
    [1, 2],
  );
  await activate(adHocKey, [{ elementId: 'b', variables: { n: 3 } }], { cancelRemainingInstances: true });
  const left = await scene.jobs('client-b');
  t.deepEqual(
    left.map(({ variables }) => variables.n),
    [3],
  );
  await scene.complete(left[0]!);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(Object.keys(await scene.variables(key)), []);
});

test('a request to begin elements is refused in Zeebe’s words', async (t) => {
  const content = around(
    adHoc('adhoc', { active: '=["a"]' }, serviceTask('a', 'refused-a'), serviceTask('b', 'refused-b')),
  );
  const key = await scene.run('refused', model('refused', content));
  const adHocKey = await keyOf(key, 'adhoc');
  const attempt = async (adHocSubProcessInstanceKey: string, body: unknown) => {
    const path = `/v2/element-instances/ad-hoc-activities/${adHocSubProcessInstanceKey}/activation`;
    const answer = await scene.engine.request('POST', path, body);
    return [answer.status, answer.body.detail as string] as const;
  };
  const named = (...ids: string[]) => ({ elements: ids.map((elementId) => ({ elementId })) });
  const what = 'Expected to activate activities for ad-hoc sub-process';
  const [missing, missingReason] = await attempt('4711', named('a'));
  t.is(missing, 404);
  t.true(missingReason.includes(`${what} but no ad-hoc sub-process instance found with key '4711'.`));
  const [twice, twiceReason] = await attempt(adHocKey, named('a', 'a'));
  t.is(twice, 400);
  t.true(twiceReason.includes(`${what} with key '${adHocKey}', but duplicate activities were given.`));
  const [unknown, unknownReason] = await attempt(adHocKey, named('a', 'x'));
  t.is(unknown, 404);
  t.true(unknownReason.includes(`${what} with key '${adHocKey}', but the given elements [x] do not exist.`));
  t.is((await attempt(adHocKey, { elements: [] }))[0], 400);
  await scene.completeNext('refused-a');
  t.is((await attempt(adHocKey, named('a')))[0], 404);
});

test('a condition that is met cancels the rest, or lets it finish', async (t) => {
  for (const cancels of [true, false]) {
    const id = `met-${cancels}`;
    const content = around(
      adHoc(
        'adhoc',
        { active: '=["a", "b", "c"]', condition: '=count >= 2', cancels },
        ...['a', 'b', 'c'].map((task) => serviceTask(task, `${id}-${task}`)),
      ),
    );
    const key = await scene.run(id, model(id, content), { count: 0 });
    await scene.completeNext(`${id}-a`, { count: 1 });
    t.is(await scene.state(key), 'ACTIVE');
    await scene.completeNext(`${id}-b`, { count: 2 });
    if (!cancels) {
      t.is(await scene.state(key), 'ACTIVE');
      await scene.completeNext(`${id}-c`);
    }
    t.is(await scene.state(key), 'COMPLETED');
    const history = await scene.history(key);
    t.true(history.includes(cancels ? 'c:TERMINATED' : 'c:COMPLETED'));
  }
});

test('with a condition that is not met it stays, though nothing runs in it', async (t) => {
  const content = around(adHoc('adhoc', { active: '=["a"]', condition: '=done' }, serviceTask('a', 'stays-a')));
  const key = await scene.run('stays', model('stays', content), { done: false });
  await scene.completeNext('stays-a');
  t.is(await scene.state(key), 'ACTIVE');
  await activate(await keyOf(key, 'adhoc'), [{ elementId: 'a' }]);
  await scene.completeNext('stays-a', { done: true });
  t.is(await scene.state(key), 'COMPLETED');
});

test('what may finish asks the condition anew: it may no longer hold when the last one ends', async (t) => {
  const given = { active: '=["a", "b"]', condition: '=done', cancels: false };
  const content = around(adHoc('adhoc', given, serviceTask('a', 'anew-a'), serviceTask('b', 'anew-b')));
  const key = await scene.run('anew', model('anew', content), { done: false });
  await scene.completeNext('anew-a', { done: true });
  await scene.completeNext('anew-b', { done: false });
  t.is(await scene.state(key), 'ACTIVE');
  await activate(await keyOf(key, 'adhoc'), [{ elementId: 'a' }]);
  await scene.completeNext('anew-a', { done: true });
  t.is(await scene.state(key), 'COMPLETED');
});

test('a condition that gives no boolean is an incident of the inner instance, and its output is kept once', async (t) => {
  const content = around(
    adHoc(
      'adhoc',
      { active: '=["a"]', condition: '=done', output: ['results', '=result'] },
      serviceTask('a', 'nobool-a'),
    ),
  );
  const key = await scene.run('nobool', model('nobool', content), { done: 'maybe' });
  await scene.completeNext('nobool-a', { result: 7 });
  const [incident] = await scene.incidents(key);
  t.is(incident!.elementId, 'adhoc#innerInstance');
  t.is(
    incident!.errorMessage,
    "Failed to evaluate completion condition. Expected result of the expression 'done' to be 'BOOLEAN', but was 'STRING'.",
  );
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { done: true } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { done: true, results: [7] });
});

test('outputs are gathered in the order of completion and leave with the sub-process', async (t) => {
  const content = around(
    adHoc(
      'adhoc',
      { active: '=["a", "b"]', condition: '=count(results) = 2', output: ['results', '={of: name, is: result}'] },
      element(
        'serviceTask',
        'a',
        extensions(taskDefinition('gather-a'), mapping({ name: '="a"' }, { result: '=result', name: '="A"' })),
      ),
      serviceTask('b', 'gather-b'),
    ),
  );
  const key = await scene.run('gather', model('gather', content), { name: 'outside' });
  await scene.completeNext('gather-b', { result: 'two' });
  await scene.completeNext('gather-a', { result: 'one' });
  t.is(await scene.state(key), 'COMPLETED');
  const { results } = await scene.variables(key);
  t.deepEqual(results, [
    { of: 'outside', is: 'two' },
    { of: 'A', is: 'one' },
  ]);
});

test('it runs as multi-instance, is modified and migrated', async (t) => {
  const many = element(
    'adHocSubProcess',
    'adhoc',
    extensions(
      `<zeebe:adHoc activeElementsCollection="=[item]" outputCollection="results" outputElement="={v: item}" />`,
    ) +
      loop({
        inputCollection: '=["a", "b"]',
        inputElement: 'item',
        outputCollection: 'all',
        outputElement: '=results',
      }) +
      serviceTask('a', 'many-a') +
      serviceTask('b', 'many-b'),
  );
  const looped = await scene.run('many', model('many', around(many)));
  await scene.completeNext('many-b');
  await scene.completeNext('many-a');
  t.is(await scene.state(looped), 'COMPLETED');
  t.deepEqual((await scene.variables(looped)).all, [[{ v: 'a' }], [{ v: 'b' }]]);

  const content = around(
    adHoc('adhoc', { active: '=["a"]' }, serviceTask('a', 'moved-a'), serviceTask('b', 'moved-b')),
  );
  const key = await scene.run('moved', model('moved', content));
  await scene.client.modifyProcessInstance({
    processInstanceKey: key,
    activateInstructions: [{ elementId: 'b' }],
    terminateInstructions: [{ elementId: 'a' }],
  } as never);
  await scene.noJob(t, 'moved-a');
  const deployed = await scene.deploy({ 'moved2.bpmn': model('moved2', content) });
  await scene.client.migrateProcessInstance({
    processInstanceKey: key,
    targetProcessDefinitionKey: deployed.processes[0]!.processDefinitionKey,
    mappingInstructions: ['adhoc', 'b'].map((id) => ({ sourceElementId: id, targetElementId: id })),
  } as never);
  await scene.completeNext('moved-b');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a model is refused in the words of Zeebe’s validators', async (t) => {
  const reasons = async (id: string, content: string) => {
    const error = await t.throwsAsync(() => scene.deploy({ [`${id}.bpmn`]: model(id, around(content)) }));
    return JSON.stringify(error, Object.getOwnPropertyNames(error));
  };
  const empty = await reasons('empty', adHoc('adhoc', {}));
  t.true(empty.includes('Must have at least one activity.'));
  const ends = await reasons(
    'ends',
    adHoc('adhoc', {}, start('s'), serviceTask('a', 'x'), end('e'), path('s', 'a', 'e')),
  );
  t.true(ends.includes('Must not contain a start event.') && ends.includes('Must not contain an end event.'));
  const worker = await reasons(
    'worker',
    adHoc('adhoc', { job: 'x', active: '=[]', condition: '=true', cancels: false }, serviceTask('a', 'x')),
  );
  for (const name of ['cancelRemainingInstances to false', 'completionCondition', 'activeElementsCollection']) {
    t.true(worker.includes(`Must not set ${name} in combination with zeebe:taskDefinition`));
  }
  const ai = await reasons(
    'ai',
    adHoc('adhoc', {}, element('serviceTask', 'a', extensions(taskDefinition('x'), mapping({ v: '=fromAi("text")' })))),
  );
  t.true(
    ai.includes(
      "Failed to extract ad-hoc activity parameters for element 'a'. Expected fromAi() parameter 'value' to be a reference",
    ),
  );
});

test('what was done in it is undone from outside once it is over, and it may undo itself', async (t) => {
  const handler = (id: string) => forCompensation(serviceTask(id, id));
  const xml = model('hocUndone', [
    start(),
    element('parallelGateway', 'fork'),
    adHoc(
      'hoc',
      { active: '=["direct", "sub"]' },
      element('task', 'direct'),
      undo('direct', handler('undoDirect')),
      subProcess('sub', start('s0'), element('task', 'deep'), undo('deep', handler('undoDeep')), path('s0', 'deep')),
      serviceTask('more', 'hocMore'),
      path('direct', 'more'),
    ),
    undo('hoc', forCompensation(adHoc('undoHoc', { active: '=["step"]' }, serviceTask('step', 'undoStep')))),
    element('parallelGateway', 'join'),
    throwEvent('tooEarly', compensate()),
    end('end', compensate()),
    path('start', 'fork', 'hoc', 'join', 'end') + path('fork', 'tooEarly', 'join'),
  ]);
  const key = await scene.run('hocUndone', xml);
  t.true((await scene.history(key)).includes('tooEarly:COMPLETED'));
  await scene.completeNext('hocMore');
  await scene.completeNext('undoDirect');
  await scene.completeNext('undoDeep');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('undoStep');
  t.is(await scene.state(key), 'COMPLETED');
});
