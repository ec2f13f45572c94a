import test from 'ava';
import {
  boundary,
  callActivity,
  catchEvent,
  definitions,
  element,
  end,
  eventSubProcess,
  extensions,
  link,
  loop,
  mapping,
  model,
  onEscalation,
  path,
  process,
  serviceTask,
  start,
  subProcess,
  throwEvent,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const escalations = ['HIGH', 'LOW', '=code'];

/** A sub-process that throws and then works on, with what is attached to it. */
const throwing = (id: string, code: string, ...more: string[]) =>
  model(
    id,
    [
      start(),
      subProcess(
        'phase',
        start('p0'),
        throwEvent('call', onEscalation(code)),
        serviceTask('work', `${id}Work`),
        end('p1'),
        path('p0', 'call', 'work', 'p1'),
      ),
      end(),
      path('start', 'phase', 'end'),
      ...more,
    ],
    { escalations },
  );

test('a caught escalation runs beside its thrower, which goes on', async (t) => {
  const key = await scene.run(
    'beside',
    throwing(
      'beside',
      'HIGH',
      boundary('caught', 'phase', onEscalation('HIGH'), false),
      serviceTask('tell', 'besideTell'),
      end('told'),
      path('caught', 'tell', 'told'),
    ),
  );
  await scene.completeNext('besideTell');
  await scene.completeNext('besideWork');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(
    (await scene.history(key)).filter((entry) => /^(call|caught|phase)/.test(entry)),
    ['phase:COMPLETED', 'call:COMPLETED', 'caught:COMPLETED'],
  );
});

test('an interrupting catcher ends the scope of the thrower, whose flow is not taken', async (t) => {
  const key = await scene.run(
    'instead',
    throwing('instead', 'HIGH', boundary('caught', 'phase', onEscalation('HIGH')), end('told'), path('caught', 'told')),
  );
  await scene.noJob(t, 'insteadWork');
  t.is(await scene.state(key), 'COMPLETED');
  const history = await scene.history(key);
  t.true(history.includes('call:TERMINATED'));
  t.true(history.includes('phase:TERMINATED'));
  t.true(history.includes('told:COMPLETED'));
});

test('an escalation that nobody catches is no incident: the process goes on', async (t) => {
  const key = await scene.run(
    'uncaught',
    throwing('uncaught', 'LOW', boundary('caught', 'phase', onEscalation('HIGH')), end('told'), path('caught', 'told')),
  );
  t.deepEqual(await scene.incidents(key), []);
  await scene.completeNext('uncaughtWork');
  t.is(await scene.state(key), 'COMPLETED');
  t.false((await scene.history(key)).includes('told:COMPLETED'));
});

test('the catcher of the very code comes before the one that catches all', async (t) => {
  const catchers = [
    boundary('any', 'phase', onEscalation(), false),
    boundary('high', 'phase', onEscalation('HIGH'), false),
    end('anyEnd'),
    end('highEnd'),
    path('any', 'anyEnd') + path('high', 'highEnd'),
  ];
  const high = await scene.run('exact', throwing('exact', '=code', ...catchers), { code: 'HIGH' });
  const low = await scene.create('exact', { code: 'LOW' });
  t.true((await scene.history(high)).includes('highEnd:COMPLETED'));
  t.false((await scene.history(high)).includes('anyEnd:COMPLETED'));
  t.true((await scene.history(low)).includes('anyEnd:COMPLETED'));
});

test('a code that is computed to something else than a string is an incident, mended by its variable', async (t) => {
  const key = await scene.run('computed', throwing('computed', '=code'), { code: 3 });
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  t.is(incident?.errorMessage, "Expected result of the expression 'code' to be 'STRING', but was 'NUMBER'.");
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { code: 'HIGH' } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('computedWork');
  t.is(await scene.state(key), 'COMPLETED');
});

test('an escalation leaves a called process through its call activity', async (t) => {
  const child = process(
    'child',
    start('c0'),
    throwEvent('call', onEscalation('HIGH')),
    serviceTask('childWork', 'childWork'),
    end('c1', onEscalation('LOW')),
    path('c0', 'call', 'childWork', 'c1'),
  );
  const parent = process(
    'parent',
    start(),
    callActivity('calling', 'child'),
    boundary('high', 'calling', onEscalation('HIGH'), false),
    boundary('low', 'calling', onEscalation('LOW')),
    serviceTask('tell', 'parentTell'),
    end('told'),
    end('given'),
    end(),
    path('start', 'calling', 'end') + path('high', 'tell', 'told') + path('low', 'given'),
  );
  const key = await scene.run('parent', definitions(child + parent, { escalations }));
  await scene.completeNext('parentTell');
  const job = await scene.completeNext('childWork');
  t.is(await scene.state(job.processInstanceKey), 'TERMINATED');
  t.true((await scene.history(key)).includes('given:COMPLETED'));
  t.is(await scene.state(key), 'COMPLETED');
});

const handling = (id: string, attributes: string) =>
  eventSubProcess(
    'handler',
    start('h0', onEscalation('HIGH'), attributes),
    serviceTask('handle', `${id}Handle`),
    end('h1', onEscalation('HIGH')),
    path('h0', 'handle', 'h1'),
  );

test('an event sub-process that an escalation begins runs beside', async (t) => {
  const key = await scene.run('asideSub', throwing('asideSub', 'HIGH', handling('asideSub', 'isInterrupting="false"')));
  await scene.completeNext('asideSubWork');
  t.is(await scene.state(key), 'ACTIVE');
  const [first] = await scene.jobs('asideSubHandle');
  await scene.complete(first!);
  const [again] = await scene.jobs('asideSubHandle');
  t.truthy(again, 'an escalation from inside of it is caught by a further one');
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
});

test('an event sub-process that an escalation begins ends the rest, and does not catch its own', async (t) => {
  const key = await scene.run('insteadSub', throwing('insteadSub', 'HIGH', handling('insteadSub', '')));
  await scene.noJob(t, 'insteadSubWork');
  await scene.completeNext('insteadSubHandle');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry.startsWith('handler')).length, 1);
});

test('what an interrupted scope throws is still caught at its boundary', async (t) => {
  const xml = model(
    'rethrown',
    [
      start(),
      subProcess(
        'phase',
        start('p0'),
        throwEvent('call', onEscalation('HIGH')),
        end('p1'),
        path('p0', 'call', 'p1'),
        handling('rethrown', ''),
      ),
      boundary('caught', 'phase', onEscalation()),
      end(),
      end('told'),
      path('start', 'phase', 'end') + path('caught', 'told'),
    ],
    { escalations },
  );
  const key = await scene.run('rethrown', xml);
  await scene.completeNext('rethrownHandle');
  t.true((await scene.history(key)).includes('told:COMPLETED'));
});

test('what an interrupted scope throws gets past its boundary only to the caller of the process', async (t) => {
  const called = model(
    'rethrownFar',
    [
      start(),
      subProcess(
        'outer',
        start('o0'),
        subProcess(
          'phase',
          start('p0'),
          throwEvent('call', onEscalation('HIGH')),
          path('p0', 'call'),
          handling('rethrownFar', ''),
        ),
        path('o0', 'phase'),
      ),
      boundary('caught', 'outer', onEscalation()),
      end(),
      end('told'),
      path('start', 'outer', 'end') + path('caught', 'told'),
    ],
    { escalations },
  );
  const calling = model(
    'rethrownCaller',
    [
      start(),
      callActivity('call', 'rethrownFar'),
      boundary('heard', 'call', onEscalation(), false),
      end(),
      end('told'),
      path('start', 'call', 'end') + path('heard', 'told'),
    ],
    { escalations },
  );
  await scene.deploy({ 'rethrownFar.bpmn': called, 'rethrownCaller.bpmn': calling });
  const key = await scene.create('rethrownCaller');
  await scene.completeNext('rethrownFarHandle');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('told:COMPLETED'));
  const [child] = (
    await scene.client.searchProcessInstances({ filter: { parentProcessInstanceKey: key } } as never, scene.now)
  ).items;
  t.false((await scene.history(child!.processInstanceKey)).some((entry) => entry.startsWith('caught')));
});

test('escalations of the items of a loop are caught at its boundary, each beside or the first instead', async (t) => {
  const looped = (id: string, cancels: boolean) =>
    model(
      id,
      [
        start(),
        element(
          'subProcess',
          'each',
          loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' }) +
            start('e0') +
            throwEvent('call', onEscalation('HIGH')) +
            end('e1') +
            path('e0', 'call', 'e1'),
        ),
        boundary('caught', 'each', onEscalation('HIGH'), cancels),
        end('told'),
        end(),
        path('start', 'each', 'end') + path('caught', 'told'),
      ],
      { escalations },
    );
  const beside = await scene.run('loopBeside', looped('loopBeside', false));
  t.is((await scene.history(beside)).filter((entry) => entry === 'told:COMPLETED').length, 3);
  const instead = await scene.run('loopInstead', looped('loopInstead', true));
  t.is((await scene.history(instead)).filter((entry) => entry === 'told:COMPLETED').length, 1);
  t.is(await scene.state(instead), 'COMPLETED');
});

test('an escalation carries no variables; what its event maps goes to the process', async (t) => {
  const xml = model(
    'carried',
    [
      start(),
      subProcess(
        'phase',
        start('p0'),
        end('call', extensions(mapping({}, { said: '="out"' })) + onEscalation('HIGH')),
        path('p0', 'call'),
      ),
      boundary('caught', 'phase', extensions(mapping({}, { heard: '=given' })) + onEscalation(), false),
      end('told'),
      end(),
      path('start', 'phase', 'end') + path('caught', 'told'),
    ],
    { escalations },
  );
  const key = await scene.run('carried', xml, { given: 1 });
  t.deepEqual(await scene.variables(key), { given: 1, said: 'out', heard: 1 });
});

test('a link goes on where its name is caught, from as many places as throw it, and around a loop', async (t) => {
  const xml = model('linked', [
    start(),
    element('exclusiveGateway', 'which', '', 'default="which_b"'),
    throwEvent('a', link('here')),
    throwEvent('b', link('here')),
    catchEvent('target', link('here')),
    serviceTask('work', 'linked'),
    element('exclusiveGateway', 'again', '', 'default="again_end"'),
    throwEvent('back', link('here')),
    end(),
    path('start', 'which', 'b') + path('target', 'work', 'again', 'end'),
    `<bpmn:sequenceFlow id="which_a" sourceRef="which" targetRef="a"><bpmn:conditionExpression>=x = 1</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    `<bpmn:sequenceFlow id="again_back" sourceRef="again" targetRef="back"><bpmn:conditionExpression>=more</bpmn:conditionExpression></bpmn:sequenceFlow>`,
  ]);
  const key = await scene.run('linked', xml, { x: 1, more: true });
  await scene.completeNext('linked');
  await scene.completeNext('linked', { more: false });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(
    (await scene.history(key)).map((entry) => entry.split(':')[0]),
    ['start', 'which', 'a', 'target', 'work', 'again', 'back', 'target', 'work', 'again', 'end'],
  );
});

test('an inclusive gateway waits for a token that comes by a link', async (t) => {
  const xml = model('linkedJoin', [
    start(),
    element('inclusiveGateway', 'fork'),
    serviceTask('slow', 'linkedSlow'),
    throwEvent('jump', link('jump')),
    catchEvent('landed', link('jump')),
    element('task', 'quick'),
    element('inclusiveGateway', 'join'),
    end(),
    path('slow', 'jump') + path('landed', 'join', 'end') + path('start', 'fork') + path('quick', 'join'),
    ...['slow', 'quick'].map(
      (to) =>
        `<bpmn:sequenceFlow id="fork_${to}" sourceRef="fork" targetRef="${to}"><bpmn:conditionExpression>=true</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    ),
  ]);
  const key = await scene.run('linkedJoin', xml);
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('linkedSlow');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry.startsWith('join')).length, 1);
});
