import test from 'ava';
import {
  boundary,
  catchEvent,
  element,
  end,
  eventSubProcess,
  extensions,
  mapping,
  model,
  onCondition,
  onError,
  onEscalation,
  onMessage,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  throwEvent,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const fork = element('parallelGateway', 'fork');

/** `element.name` of all variables of the instance, sorted. */
async function variablesOf(processInstanceKey: string): Promise<string[]> {
  const asked = { filter: { processInstanceKey }, page: { limit: 100 } } as never;
  const variables = (await scene.client.searchVariables(asked, scene.now)).items;
  const elements = (await scene.client.searchElementInstances(asked, scene.now)).items;
  const scopes = new Map(elements.map(({ elementInstanceKey, elementId }) => [String(elementInstanceKey), elementId]));
  return variables.map(({ scopeKey, name }) => `${scopes.get(String(scopeKey)) ?? 'process'}.${name}`).toSorted();
}

test('what an event brings is a variable of the event, then of the scope around it', async (t) => {
  const xml = model(
    'bringing',
    [
      start('begun', onMessage('bringStart')),
      serviceTask('work', 'bringWork'),
      boundary('beside', 'work', onMessage('bringBeside'), false),
      element('eventBasedGateway', 'first'),
      catchEvent('heard', onMessage('bringHeard')),
      catchEvent('late', onTimer('PT1H')),
      catchEvent('alone', onMessage('bringAlone')),
      path('begun', 'work', 'first', 'heard', 'alone') + path('first', 'late'),
      eventSubProcess('asked', start('ask', onMessage('bringAsk'), 'isInterrupting="false"')),
    ],
    {
      messages: { bringStart: null, bringBeside: '="b"', bringHeard: '="b"', bringAlone: '="b"', bringAsk: '="b"' },
    },
  );
  await scene.deploy({ 'bringing.bpmn': xml });
  await scene.publish('bringStart', '', { s: 1 });
  const job = await scene.job('bringWork');
  await scene.publish('bringBeside', 'b', { b: 1 });
  await scene.publish('bringAsk', 'b', { a: 1 });
  await scene.complete(job);
  await scene.publish('bringHeard', 'b', { h: 1 });
  await scene.publish('bringAlone', 'b', { o: 1 });
  t.is(await scene.state(job.processInstanceKey), 'COMPLETED');
  t.deepEqual(await variablesOf(job.processInstanceKey), [
    'begun.s',
    'beside.b',
    'heard.h',
    ...['a', 'b', 'h', 'o', 's'].map((name) => `process.${name}`),
  ]);
});

test('a catch event behind a gateway has happened when it is entered: nothing is mapped in, no listener begins it', async (t) => {
  const listener =
    '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="behindBegins" />' +
    '<zeebe:executionListener eventType="end" type="behindEnds" /></zeebe:executionListeners>';
  const xml = model(
    'behind',
    [
      start(),
      element('eventBasedGateway', 'first'),
      catchEvent('heard', extensions(mapping({ local: '=1' }), listener) + onMessage('behindHeard')),
      catchEvent('late', onTimer('PT1H')),
      path('start', 'first', 'heard') + path('first', 'late'),
    ],
    { messages: { behindHeard: '="b"' } },
  );
  const key = await scene.run('behind', xml);
  await scene.publish('behindHeard', 'b');
  await scene.noJob(t, 'behindBegins');
  await scene.completeNext('behindEnds');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await variablesOf(key), []);
});

test('what is on its way is still entered where an event at the boundary ends the scope, then ended with it', async (t) => {
  const xml = model(
    'onItsWay',
    [
      start(),
      subProcess(
        'sub',
        start('s0'),
        fork,
        throwEvent('throws', onEscalation('E')),
        userTask('task'),
        path('s0', 'fork', 'throws') + path('fork', 'task'),
      ),
      boundary('caught', 'sub', onEscalation('E')),
      path('start', 'sub'),
    ],
    { escalations: ['E'] },
  );
  const key = await scene.run('onItsWay', xml);
  t.deepEqual((await scene.history(key)).slice(-3), ['throws:TERMINATED', 'task:TERMINATED', 'caught:COMPLETED']);
  const { items } = await scene.client.searchUserTasks({ filter: { processInstanceKey: key } } as never, scene.now);
  t.deepEqual(
    items.map(({ state }) => state),
    ['CANCELED'],
  );
});

test('what is thrown where its catcher has been triggered already is heard by nobody, also further out', async (t) => {
  const thrown = (id: string, event: string, around: string) =>
    model(
      id,
      [
        start(),
        subProcess(
          'outer',
          start('o0'),
          subProcess(
            'sub',
            start('s0'),
            fork,
            end('e1', event),
            end('e2', event),
            path('s0', 'fork', 'e1'),
            path('fork', 'e2'),
          ),
          boundary('caught', 'sub', event),
          userTask('task'),
          path('o0', 'sub') + path('caught', 'task'),
        ),
        boundary('around', 'outer', around),
        path('start', 'outer'),
      ],
      { errors: ['E'], escalations: ['E'] },
    );
  for (const [id, event, around] of [
    ['twoErrors', onError('E'), onError()],
    ['twoEscalations', onEscalation('E'), onEscalation()],
  ] as const) {
    const key = await scene.run(id, thrown(id, event, around));
    const history = await scene.history(key);
    t.deepEqual(history.slice(-4), ['e1:TERMINATED', 'e2:TERMINATED', 'caught:COMPLETED', 'task:ACTIVE']);
    t.deepEqual(await scene.incidents(key), []);
  }
});

test('an event beside goes on before the one who threw it does', async (t) => {
  const xml = model(
    'beside',
    [
      start(),
      subProcess('sub', start('s0'), throwEvent('throws', onEscalation('E')), end('s1'), path('s0', 'throws', 's1')),
      boundary('caught', 'sub', onEscalation('E'), false),
      end('after'),
      path('start', 'sub') + path('caught', 'after'),
    ],
    { escalations: ['E'] },
  );
  const key = await scene.run('beside', xml);
  const elements = (await scene.history(key)).map((line) => line.split(':')[0]);
  t.deepEqual(elements, ['start', 'sub', 's0', 'throws', 'caught', 'after', 's1']);
});

test('a condition triggers when what has been set going before has moved', async (t) => {
  const xml = model(
    'afterwards',
    [
      start(),
      subProcess(
        'sub',
        start('s0'),
        catchEvent('heard', onMessage('afterHeard')),
        userTask('task'),
        boundary('inside', 'task', onCondition('=x > 10')),
        path('s0', 'heard', 'task'),
      ),
      boundary('outside', 'sub', onCondition('=x > 10')),
      path('start', 'sub'),
    ],
    { messages: { afterHeard: '="a"' } },
  );
  const key = await scene.run('afterwards', xml);
  await scene.publish('afterHeard', 'a', { x: 11 });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.history(key)).slice(-3), ['heard:COMPLETED', 'task:TERMINATED', 'outside:COMPLETED']);
});

test('a message that was there before comes when what has been set going has moved', async (t) => {
  const either = model(
    'either',
    [
      start(),
      element('eventBasedGateway', 'first'),
      catchEvent('heard', onMessage('eitherHeard')),
      catchEvent('met', onCondition('=ready')),
      path('start', 'first', 'heard') + path('first', 'met'),
    ],
    { messages: { eitherHeard: '="e"' } },
  );
  const before = { timeToLive: 60_000 };
  await scene.publish('eitherHeard', 'e', {}, before);
  const key = await scene.run('either', either, { ready: true });
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'first:COMPLETED', 'met:COMPLETED']);

  const stopped = model(
    'stopped',
    [
      start(),
      serviceTask('work', 'stoppedWork'),
      path('start', 'work'),
      eventSubProcess('stop', start('asked', onMessage('stoppedAsked')), end('over'), path('asked', 'over')),
    ],
    { messages: { stoppedAsked: '="s"' } },
  );
  await scene.publish('stoppedAsked', 's', {}, before);
  const history = await scene.history(await scene.run('stopped', stopped));
  t.deepEqual(history, ['start:COMPLETED', 'work:TERMINATED', 'stop:COMPLETED', 'asked:COMPLETED', 'over:COMPLETED']);
  await scene.noJob(t, 'stoppedWork');
});

test('messages that were there before come one after the other to an event beside', async (t) => {
  const xml = model(
    'several',
    [
      start(),
      serviceTask('work', 'severalWork'),
      path('start', 'work'),
      boundary('beside', 'work', onMessage('severalBeside'), false),
    ],
    { messages: { severalBeside: '="m"' } },
  );
  for (const n of [1, 2, 3]) await scene.publish('severalBeside', 'm', { n }, { timeToLive: 60_000 });
  const key = await scene.run('several', xml);
  t.deepEqual((await scene.history(key)).slice(2), ['beside:COMPLETED', 'beside:COMPLETED', 'beside:COMPLETED']);
  t.deepEqual(await scene.variables(key), { n: 3 });
});
