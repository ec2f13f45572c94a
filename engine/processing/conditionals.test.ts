import anyTest, { type TestFn } from 'ava';
import {
  boundary,
  catchEvent,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  loop,
  mapping,
  model,
  onCondition,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const test = anyTest as TestFn<Scene>;
let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const set = (elementInstanceKey: string, variables: object, local = false) =>
  scene.client.createElementInstanceVariables({ elementInstanceKey, variables, local } as never);

async function keysOf(instance: string, elementId: string): Promise<string[]> {
  const filter = { processInstanceKey: instance, elementId, state: 'ACTIVE' };
  const { items } = await scene.client.searchElementInstances({ filter } as never, scene.now);
  return items.map(({ elementInstanceKey }) => elementInstanceKey);
}

const count = (history: string[], entry: string) => history.filter((found) => found === entry).length;

test('a catch event waits until its condition holds, and passes by when it holds already', async (t) => {
  const content = [start(), catchEvent('wait', onCondition('=x > 1 and y < 5')), end(), path('start', 'wait', 'end')];
  const key = await scene.run('catch', model('catch', content), { x: 1 });
  t.is(await scene.state(key), 'ACTIVE');
  await set(key, { y: 3 });
  t.is(await scene.state(key), 'ACTIVE');
  await set(key, { x: 2 });
  t.is(await scene.state(key), 'COMPLETED');
  t.is(await scene.state(await scene.create('catch', { x: 2, y: 0 })), 'COMPLETED');
  t.deepEqual(await scene.incidents(key), []);
});

test('a boundary event sees what is set at its activity, in it or around it', async (t) => {
  const content = (id: string, cancels: boolean) => [
    start(),
    serviceTask('work', `${id}-work`),
    boundary('high', 'work', onCondition('=x > 10'), cancels),
    serviceTask('react', `${id}-react`),
    end(),
    end('end2'),
    path('start', 'work', 'end'),
    path('high', 'react', 'end2'),
  ];
  const at = await scene.run('at', model('at', content('at', true)), { x: 11 });
  await scene.noJob(t, 'at-work');
  await scene.completeNext('at-react');
  t.is(await scene.state(at), 'COMPLETED');
  const inside = await scene.create('at', { x: 1 });
  const [work] = await keysOf(inside, 'work');
  await set(work!, { x: 12 }, true);
  await scene.completeNext('at-react');
  t.true((await scene.history(inside)).includes('work:TERMINATED'));

  const aside = await scene.run('aside', model('aside', content('aside', false)), { x: 1 });
  await set(aside, { x: 11 });
  await set(aside, { x: 11 });
  await set(aside, { other: 1 });
  await set(aside, { x: 12 });
  const history = await scene.history(aside);
  t.is(count(history, 'high:COMPLETED'), 2);
  // what the activity brings when it completes comes too late
  await scene.completeNext('aside-work', { x: 13 });
  t.is(count(await scene.history(aside), 'high:COMPLETED'), 2);
});

test('an input mapping triggers, a command that changes several variables triggers once', async (t) => {
  const work = element('serviceTask', 'work', extensions(taskDefinition('once-work'), mapping({ y: '=6' })));
  const content = [
    start(),
    work,
    boundary('high', 'work', onCondition('=x > 10 or y > 5'), false),
    end(),
    end('end2'),
    path('start', 'work', 'end'),
    flow('high', 'end2'),
  ];
  const key = await scene.run('once', model('once', content), { x: 0 });
  t.is(count(await scene.history(key), 'high:COMPLETED'), 1);
  const [activity] = await keysOf(key, 'work');
  await set(activity!, { x: 20, y: 21 }, true);
  t.is(count(await scene.history(key), 'high:COMPLETED'), 2);
});

test('the filter tells what is made from what is changed, and which names count', async (t) => {
  const content = (filter: string) => [
    start(),
    serviceTask('work', 'filter-work'),
    boundary('seen', 'work', onCondition('=x > 1', filter), false),
    end(),
    end('end2'),
    path('start', 'work', 'end'),
    flow('seen', 'end2'),
  ];
  const made = await scene.run('made', model('made', content('variableEvents="create"')));
  await set(made, { x: 2 });
  await set(made, { x: 3 });
  t.is(count(await scene.history(made), 'seen:COMPLETED'), 1);
  const changed = await scene.run('changed', model('changed', content('variableEvents="update"')));
  await set(changed, { x: 2 });
  t.is(count(await scene.history(changed), 'seen:COMPLETED'), 0);
  await set(changed, { x: 3 });
  t.is(count(await scene.history(changed), 'seen:COMPLETED'), 1);
  const named = await scene.run('named', model('named', content('variableNames="go" variableEvents="create, update"')));
  await set(named, { x: 2 });
  t.is(count(await scene.history(named), 'seen:COMPLETED'), 0);
  await set(named, { go: true });
  t.is(count(await scene.history(named), 'seen:COMPLETED'), 1);
});

test('outer scopes are asked first, and siblings see nothing of each other', async (t) => {
  const content = [
    start(),
    element('parallelGateway', 'fork'),
    subProcess(
      'around',
      start('inStart'),
      serviceTask('a', 'scopes-a'),
      boundary('atA', 'a', onCondition('=x > 1')),
      end('inEnd'),
      path('inStart', 'a', 'inEnd'),
      flow('atA', 'inEnd'),
    ),
    boundary('atAround', 'around', onCondition('=x > 1')),
    serviceTask('b', 'scopes-b'),
    boundary('atB', 'b', onCondition('=x > 1')),
    end(),
    path('start', 'fork', 'around', 'end'),
    path('fork', 'b', 'end'),
    flow('atAround', 'end'),
    flow('atB', 'end'),
  ];
  const xml = model('scopes', content);
  const all = await scene.run('scopes', xml);
  await set(all, { x: 2 });
  t.is(await scene.state(all), 'COMPLETED');
  const history = await scene.history(all);
  t.deepEqual(
    ['atA:COMPLETED', 'atAround:COMPLETED', 'atB:COMPLETED'].map((entry) => count(history, entry)),
    [0, 1, 1],
  );
  const inner = await scene.create('scopes');
  const [a] = await keysOf(inner, 'a');
  await set(a!, { x: 2 }, true);
  const left = await scene.history(inner);
  t.deepEqual(
    ['atA:COMPLETED', 'atAround:COMPLETED', 'b:ACTIVE'].map((entry) => count(left, entry)),
    [1, 0, 1],
  );
});

test('event sub-processes begin by a condition, again and again or instead of everything else', async (t) => {
  const content = [
    start(),
    serviceTask('work', 'event-work'),
    eventSubProcess(
      'note',
      start('noteStart', onCondition('=level > 1'), 'isInterrupting="false"'),
      serviceTask('noted', 'event-noted'),
      end('noteEnd'),
      path('noteStart', 'noted', 'noteEnd'),
    ),
    eventSubProcess(
      'stop',
      start('stopStart', onCondition('=level > 8')),
      serviceTask('stopped', 'event-stopped'),
      end('stopEnd'),
      path('stopStart', 'stopped', 'stopEnd'),
    ),
    end(),
    path('start', 'work', 'end'),
  ];
  const key = await scene.run('event', model('event', content), { level: 0 });
  await set(key, { level: 2 });
  await set(key, { level: 3 });
  t.is((await scene.jobs('event-noted')).length, 2);
  await scene.completeNext('event-work', { level: 9 });
  await scene.completeNext('event-stopped');
  t.is(await scene.state(key), 'COMPLETED');
  const history = await scene.history(key);
  t.false(history.includes('end:COMPLETED'));
  t.true(history.includes('stop:COMPLETED'));
});

test('behind an event-based gateway the first event wins', async (t) => {
  const content = [
    start(),
    element('eventBasedGateway', 'which'),
    catchEvent('met', onCondition('=ok')),
    catchEvent('late', onTimer('PT1H')),
    end(),
    end('end2'),
    path('start', 'which', 'met', 'end'),
    path('which', 'late', 'end2'),
  ];
  const key = await scene.run('whichFirst', model('whichFirst', content), { ok: false });
  await set(key, { ok: true });
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('met:COMPLETED'));
});

test('at a multi-instance body it ends all instances; a migration carries it over', async (t) => {
  const work = (type: string) =>
    element('serviceTask', 'work', extensions(taskDefinition(type)) + loop({ inputCollection: '=[1, 2, 3]' }));
  const content = (type: string, over: string) => [
    start(),
    work(type),
    boundary(over, 'work', onCondition('=enough')),
    end(),
    end('end2'),
    path('start', 'work', 'end'),
    flow(over, 'end2'),
  ];
  const key = await scene.run('many', model('many', content('many-work', 'over')));
  await scene.completeNext('many-work', { enough: true });
  t.is(await scene.state(key), 'COMPLETED');
  t.is(count(await scene.history(key), 'work:TERMINATED'), 3);

  const migrated = await scene.create('many');
  const deployed = await scene.deploy({ 'many2.bpmn': model('many2', content('many-work', 'over2')) });
  await scene.client.migrateProcessInstance({
    processInstanceKey: migrated,
    targetProcessDefinitionKey: deployed.processes[0]!.processDefinitionKey,
    mappingInstructions: [
      { sourceElementId: 'work', targetElementId: 'work' },
      { sourceElementId: 'over', targetElementId: 'over2' },
    ],
  } as never);
  await set(migrated, { enough: true });
  t.is(await scene.state(migrated), 'COMPLETED');
  t.true((await scene.history(migrated)).includes('over2:COMPLETED'));
});

test('a condition that holds is met even at a loop over nothing', async (t) => {
  const nothing = loop({ inputCollection: '=[]', inputElement: 'item' });
  const content = (id: string, cancels: boolean) => [
    start(),
    element('serviceTask', 'each', extensions(taskDefinition(`${id}-each`)) + nothing),
    boundary('high', 'each', onCondition('=x > 10'), cancels),
    end(),
    end('end2'),
    path('start', 'each', 'end') + path('high', 'end2'),
  ];
  const ended = async (id: string, cancels: boolean) =>
    (await scene.history(await scene.run(id, model(id, content(id, cancels)), { x: 11 }))).slice(1).toSorted();
  t.deepEqual(await ended('nothing-beside', false), [
    'each:COMPLETED',
    'end2:COMPLETED',
    'end:COMPLETED',
    'high:COMPLETED',
  ]);
  // its end was on its way already when the event asked for another one
  t.deepEqual(await ended('nothing-instead', true), ['each:COMPLETED', 'end:COMPLETED']);
});

test('start events are asked by a request: all of the latest versions, or those of one process', async (t) => {
  const content = (low: string, work: string) => [
    element('startEvent', 'low', onCondition(low)),
    element('startEvent', 'high', onCondition('=amount > 100')),
    serviceTask('work', work),
    end(),
    path('low', 'work', 'end'),
    flow('high', 'work'),
  ];
  await scene.deploy({ 'ask.bpmn': model('ask', content('=amount > 1', 'ask-old')) });
  const { processes } = await scene.deploy({ 'ask.bpmn': model('ask', content('=amount > 10', 'ask-work')) });
  const { processDefinitionKey } = processes[0]!;
  const evaluate = (variables: object, key?: string) =>
    scene.client.evaluateConditionals({ variables, processDefinitionKey: key } as never);
  const both = await evaluate({ amount: 200 });
  t.is(both.tenantId as string, '<default>');
  t.deepEqual(
    both.processInstances.map((found) => found.processDefinitionKey),
    [processDefinitionKey, processDefinitionKey],
  );
  const jobs = await scene.jobs('ask-work');
  t.deepEqual(
    jobs.map(({ variables }) => variables),
    [{ amount: 200 }, { amount: 200 }],
  );
  t.is((await evaluate({ amount: 50 }, processDefinitionKey)).processInstances.length, 1);
  t.deepEqual((await evaluate({ amount: 5 })).processInstances, []);
  t.deepEqual((await evaluate({ other: 5 })).processInstances, []);
  t.deepEqual((await evaluate({ amount: 'many' })).processInstances, []);
  await scene.noJob(t, 'ask-old');
  const unknown = await scene.engine.request('POST', '/v2/conditionals/evaluation', {
    variables: { amount: 1 },
    processDefinitionKey: '4711',
  });
  t.is(unknown.status, 404);
  t.regex(unknown.body.detail as string, /for process definition key '4711', but no such process was found\./);
  await scene.client.deleteResource({ resourceKey: processDefinitionKey } as never);
  const before = await evaluate({ amount: 5 });
  t.is(before.processInstances.length, 1);
});

test('a model is refused in the words of Zeebe’s validators', async (t) => {
  const reasons = async (id: string, ...content: string[]) => {
    const error = await t.throwsAsync(() => scene.deploy({ [`${id}.bpmn`]: model(id, content) }));
    return JSON.stringify(error, Object.getOwnPropertyNames(error));
  };
  const caught = (definition: string) => [start(), catchEvent('wait', definition), end(), path('start', 'wait', 'end')];
  const none = await reasons('none', ...caught('<bpmn:conditionalEventDefinition />'));
  t.true(none.includes('Must have a condition'));
  const literal = await reasons('literal', ...caught(onCondition('true')));
  t.true(literal.includes("Expected expression but found static value 'true'."));
  const filter = await reasons(
    'badFilter',
    ...caught(onCondition('=x', 'variableNames="a,,=b" variableEvents="delete"')),
  );
  t.true(
    filter.includes(
      "Variable event 'delete' is not valid. Must be one of: create, update or a comma-separated list of both.",
    ),
  );
  t.true(filter.includes("Variable names must not contain empty names but 'a,,=b' given."));
  t.true(filter.includes("Variable names must be static and cannot be expressions. '=b' starts with '='."));
  const twice = await reasons(
    'twice',
    start('a', onCondition('=x')),
    start('b', onCondition('=x')),
    end(),
    path('a', 'end'),
    flow('b', 'end'),
  );
  t.true(twice.includes("Duplicate condition expression '=x' found in conditional start events of process 'twice'."));
});
