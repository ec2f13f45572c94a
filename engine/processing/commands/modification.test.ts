import test from 'ava';
import {
  boundary,
  callActivity,
  element,
  end,
  eventSubProcess,
  extensions,
  loop,
  model,
  onMessage,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  userTask,
} from '../../testing/model.ts';
import { keysOf, modifier, move, nested, refused } from '../../testing/modification.ts';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
const { client, now } = scene;
test.after.always(() => scene.close());

const modify = modifier(scene);

test('what can not be done is refused in Zeebe’s words and changes nothing', async (t) => {
  const key = await scene.run('refuses', nested('refuses'));
  const other = await scene.create('refuses');
  const [a] = await keysOf(scene, key, 'A');
  const [foreign] = await keysOf(scene, other, 'A');
  const said = "Expected to modify instance of process 'refuses' but it contains one or more";
  const cases: [object, string][] = [
    [
      { activateInstructions: [{ elementId: 'x' }, { elementId: 'y' }] },
      `${said} activate instructions with an element that could not be found: 'x', 'y'`,
    ],
    [
      { activateInstructions: [{ elementId: 'start' }] },
      `${said} activate instructions for elements that are unsupported: 'start'. The activation of elements with type 'START_EVENT' is not supported. Supported element types are: [PROCESS, SUB_PROCESS, EVENT_SUB_PROCESS,`,
    ],
    [
      { activateInstructions: [{ elementId: 'first' }] },
      `${said} activate instructions for elements that are unsupported: 'first'. The activation of events belonging to an event-based gateway is not supported.`,
    ],
    [
      { terminateInstructions: [{ elementInstanceKey: '123' }, { elementInstanceKey: foreign }] },
      `${said} terminate instructions with an element instance that could not be found: '123', '${foreign}'`,
    ],
    [
      {
        activateInstructions: [{ elementId: 'B', variableInstructions: [{ variables: { x: 1 }, scopeId: 'nowhere' }] }],
      },
      `${said} variable instructions with a scope element id that could not be found: 'nowhere'`,
    ],
    [
      { activateInstructions: [{ elementId: 'B', variableInstructions: [{ variables: { x: 1 }, scopeId: 'inner' }] }] },
      `${said} variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification.`,
    ],
    [
      { activateInstructions: [{ elementId: 'B', ancestorElementInstanceKey: '123' }] },
      `${said} activate instructions with an ancestor scope key that does not exist, or is not in an active state: '123'`,
    ],
    [
      { activateInstructions: [{ elementId: 'B', ancestorElementInstanceKey: foreign }] },
      `${said} activate instructions with an ancestor scope key that does not belong to the modified process instance: '${foreign}'`,
    ],
    [
      { activateInstructions: [{ elementId: 'B', ancestorElementInstanceKey: a }] },
      `${said} activate instructions with an ancestor scope key that is not an ancestor of the element to activate:\n- instance '${a}' of element 'A' is not an ancestor of element 'B'`,
    ],
    [
      { moveInstructions: [move({ sourceElementInstanceKey: '123' }, 'B')] },
      `${said} move instructions with a source element instance that could not be found: '123'`,
    ],
    [
      { moveInstructions: [move({ sourceElementInstanceKey: foreign! }, 'B')] },
      `${said} move instructions with a source element instance that does not belong to the modified process instance: '${foreign}'`,
    ],
    [
      { moveInstructions: [move({ sourceElementId: 'A' }, 'B'), move({ sourceElementId: 'A' }, 'C')] },
      "Expected to modify instance of process 'refuses' but it contains multiple move instructions with identical source element ids: 'A'",
    ],
  ];
  for (const [instructions, expected] of cases)
    t.true((await refused(() => modify(key, instructions))).includes(expected));
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'A:ACTIVE']);
});

test('an event that a scope would have to wait for, but can not, refuses the modification', async (t) => {
  const xml = model(
    'deaf',
    [
      start(),
      serviceTask('A', 'deafA'),
      subProcess('scope', start('s0'), serviceTask('B', 'deafB'), end('s1'), path('s0', 'B', 's1')),
      boundary('hears', 'scope', onMessage('deaf')),
      end(),
      path('start', 'A', 'scope', 'end') + path('hears', 'end'),
    ],
    { messages: { deaf: '=missing' } },
  );
  const key = await scene.run('deaf', xml);
  const detail = await refused(() => modify(key, { activateInstructions: [{ elementId: 'B' }] }));
  t.true(detail.includes("Expected to subscribe to catch event(s) of 'scope' but"), detail);
  await modify(key, {
    activateInstructions: [{ elementId: 'B', variableInstructions: [{ variables: { missing: 'M' } }] }],
  });
  await scene.publish('deaf', 'M');
  t.true((await scene.history(key)).includes('scope:TERMINATED'));
});

test('scopes that are not there are opened, variables go where they are told to', async (t) => {
  const key = await scene.run('opened', nested('opened'));
  await modify(key, {
    activateInstructions: [
      {
        elementId: 'C',
        variableInstructions: [
          { variables: { global: 1 } },
          { variables: { outerOnly: 2 }, scopeId: 'outer' },
          { variables: { innerOnly: 3 }, scopeId: 'inner' },
          { variables: { local: 4 }, scopeId: 'C' },
          { variables: { alsoGlobal: 5 }, scopeId: 'opened' },
        ],
      },
    ],
    terminateInstructions: [{ elementId: 'A' }],
  });
  t.deepEqual(await scene.variables(key), { global: 1, alsoGlobal: 5 });
  const job = await scene.job('openedC');
  t.deepEqual(job.variables, { local: 4, innerOnly: 3, outerOnly: 2, global: 1, alsoGlobal: 5 });
  const [outer] = await keysOf(scene, key, 'outer');
  const found = await client.searchVariables({ filter: { scopeKey: outer } } as never, now);
  t.deepEqual(
    found.items.map(({ name }) => name),
    ['outerOnly'],
  );
  const statistics = await client.getProcessInstanceStatistics({ processInstanceKey: key } as never, now);
  const counts = Object.fromEntries(statistics.items.map((item) => [item.elementId, [item.active, item.canceled]]));
  t.deepEqual(counts, { A: [0, 1], C: [1, 0], inner: [1, 0], outer: [1, 0], start: [0, 0] });
});

test('terminating an element without instances, or moving it, does nothing', async (t) => {
  const key = await scene.run('absent', nested('absent'));
  await modify(key, {
    terminateInstructions: [{ elementId: 'B' }],
    moveInstructions: [move({ sourceElementId: 'C' }, 'A')],
  });
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'A:ACTIVE']);
});

test('an activation whose scope is ended by the same modification is refused', async (t) => {
  const key = await scene.run('conflict', nested('conflict'));
  await scene.completeNext('conflictA');
  const [outer] = await keysOf(scene, key, 'outer');
  const detail = await refused(() =>
    modify(key, {
      activateInstructions: [{ elementId: 'C' }],
      terminateInstructions: [{ elementInstanceKey: outer }],
    }),
  );
  t.true(
    detail.includes(
      `activate instructions for elements whose required flow scope instance is also being terminated: element 'C' requires flow scope instance '${outer}' which is being terminated. Please provide a valid ancestor scope key`,
    ),
  );
  await modify(key, {
    activateInstructions: [{ elementId: 'C', ancestorElementInstanceKey: key }],
    terminateInstructions: [{ elementInstanceKey: outer }],
  });
  t.deepEqual(
    (await scene.history(key)).filter((line) => line.startsWith('outer')),
    ['outer:TERMINATED', 'outer:ACTIVE'],
  );
});

test('a called instance may be modified, but not ended', async (t) => {
  const inner = model('calledOne', [
    start(),
    serviceTask('A', 'calledA'),
    serviceTask('B', 'calledB'),
    end(),
    path('start', 'A', 'B', 'end'),
  ]);
  await scene.deploy({ 'calledOne.bpmn': inner });
  const outer = model('callingOne', [start(), callActivity('call', 'calledOne'), end(), path('start', 'call', 'end')]);
  const key = await scene.run('callingOne', outer);
  const found = await client.searchProcessInstances({ filter: { parentProcessInstanceKey: key } } as never, now);
  const child = String(found.items[0]!.processInstanceKey);
  const detail = await refused(() => modify(child, { terminateInstructions: [{ elementId: 'A' }] }));
  t.true(
    detail.includes(
      "Expected to modify instance of process 'calledOne' but the given instructions would terminate the instance. The instance was created by a call activity in the parent process. To terminate this instance please modify the parent process instead.",
    ),
  );
  await modify(child, { moveInstructions: [move({ sourceElementId: 'A' }, 'B')] });
  const hierarchy = await client.getProcessInstanceCallHierarchy({ processInstanceKey: child } as never, now);
  t.deepEqual(
    hierarchy.map((entry) => String(entry.processInstanceKey)),
    [key, child],
  );
  await modify(key, { terminateInstructions: [{ elementId: 'call' }] });
  t.is(await scene.state(child), 'TERMINATED');
  t.is(await scene.state(key), 'TERMINATED');
});

test('joins, multi-instances, event sub-processes and what has an incident are begun and ended as any element', async (t) => {
  const xml = model(
    'mixed',
    [
      start(),
      element('parallelGateway', 'fork'),
      serviceTask('A', 'mixedA'),
      serviceTask('B', 'mixedB'),
      element('parallelGateway', 'join'),
      element(
        'serviceTask',
        'many',
        extensions(taskDefinition('mixedMany')) + loop({ inputCollection: '=[1, 2]', inputElement: 'n' }),
      ),
      end(),
      eventSubProcess(
        'aside',
        start('asideStart', onMessage('mixed'), 'isInterrupting="false"'),
        userTask('sign'),
        end('asideEnd'),
        path('asideStart', 'sign', 'asideEnd'),
      ),
      path('start', 'fork', 'A', 'join', 'many', 'end') + path('fork', 'B', 'join'),
    ],
    { messages: { mixed: '="m"' } },
  );
  const key = await scene.run('mixed', xml);
  await scene.completeNext('mixedA');
  await client.failJob({ jobKey: (await scene.job('mixedB')).jobKey, retries: 0 } as never);
  t.is((await scene.incidents(key)).length, 1);
  await modify(key, { activateInstructions: [{ elementId: 'many' }], terminateInstructions: [{ elementId: 'B' }] });
  t.is((await scene.incidents(key)).length, 0);
  t.deepEqual(
    (await scene.jobs('mixedMany')).map((job) => job.variables.n),
    [1, 2],
  );
  // a token still waits at the join; a join that is begun itself waits for nothing
  await modify(key, { activateInstructions: [{ elementId: 'join' }], terminateInstructions: [{ elementId: 'many' }] });
  t.deepEqual(
    (await scene.jobs('mixedMany')).map((job) => job.variables.n),
    [1, 2],
  );
  await modify(key, { activateInstructions: [{ elementId: 'sign' }] });
  const task = await scene.task(key);
  t.is(task.elementId as string, 'sign');
  await modify(key, { moveInstructions: [move({ sourceElementId: 'sign' }, 'end')] });
  t.true((await scene.history(key)).includes('aside:TERMINATED'));
  const flows = await client.getProcessInstanceSequenceFlows({ processInstanceKey: key } as never, now);
  t.true(flows.items.every((item) => item.elementId !== ('B_join' as never)));
});
