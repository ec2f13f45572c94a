import test from 'ava';
import { deployModel, migrator } from '../../testing/migration.ts';
import {
  boundary,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  loop,
  onMessage,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
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

const guarded = (task: string, events: string[]) => [
  start(),
  serviceTask(task, 'guarded'),
  ...events,
  end(),
  path('start', task, 'end'),
];

test('what breaks a rule is refused in Zeebe’s words and changes nothing', async (t) => {
  const messages = { one: '="k"', two: '="k"' };
  await deploy(
    'rules',
    [
      ...guarded('A', [
        boundary('b1', 'A', onMessage('one'), false),
        boundary('b2', 'A', onMessage('two'), false),
        end('e1'),
        path('b1', 'e1') + path('b2', 'e1'),
      ]),
    ],
    messages,
  );
  const key = await scene.create('rules');
  const target = await deploy(
    'rulesTarget',
    [
      start(),
      serviceTask('A', 'guarded'),
      boundary('b1', 'A', onMessage('one'), false),
      boundary('timed', 'A', onTimer('PT1H'), false),
      userTask('B'),
      boundary('b3', 'B', onMessage('two'), false),
      subProcess('scope', start('s0'), serviceTask('inside', 'x'), end('s1'), path('s0', 'inside', 's1')),
      element('serviceTask', 'many', extensions(taskDefinition('x')) + loop({ inputCollection: '=[1]' })),
      end(),
      end('e1'),
      path('start', 'A', 'B', 'scope', 'many', 'end') + path('b1', 'e1') + path('timed', 'e1') + path('b3', 'e1'),
    ],
    messages,
  );
  const said = `Expected to migrate process instance '${key}' but`;
  const cases: [Record<string, string> | [string, string][], string][] = [
    [
      [
        ['A', 'A'],
        ['A', 'B'],
      ],
      `${said} the mapping instructions contain duplicate source element ids '[A]'.`,
    ],
    [
      { Z: 'A' },
      `${said} mapping instructions contain a non-existing source element id 'Z'. Elements provided in mapping instructions must exist in the source process definition.`,
    ],
    [
      { A: 'Z' },
      `${said} mapping instructions contain a non-existing target element id 'Z'. Elements provided in mapping instructions must exist in the target process definition.`,
    ],
    [
      { end: 'end' },
      `${said} no mapping instruction defined for active element with id 'A'. Elements cannot be migrated without a mapping.`,
    ],
    [
      { A: 'B' },
      `${said} active element with id 'A' and type 'SERVICE_TASK' is mapped to an element with id 'B' and different type 'USER_TASK'. Elements must be mapped to elements of the same type.`,
    ],
    [
      { A: 'many' },
      `${said} active element with id 'A' and type 'SERVICE_TASK' is mapped to an element with id 'many' and different type 'MULTI_INSTANCE_BODY'.`,
    ],
    [
      { A: 'inside' },
      `${said} the flow scope of active element with id 'A' is changed. The flow scope of the active element is expected to be 'rulesTarget' but was 'scope'. The flow scope of an element cannot be changed during migration yet.`,
    ],
    [
      { A: 'A', b1: 'b3' },
      `${said} active element with id 'A' is mapped to an element with id 'A' and has a catch event with id 'b1' that is mapped to a catch event with id 'b3'. These mappings detach the catch event from the element in the target process. Catch events must stay attached to the same element instance.`,
    ],
    [
      { A: 'A', b1: 'b1', b2: 'b1' },
      `${said} active element with id 'A' has a catch event attached that is mapped to a catch event with id 'b1'. There are multiple mapping instructions that target this catch event: 'b1', 'b2'. Catch events cannot be merged by process instance migration.`,
    ],
    [
      { A: 'A', b1: 'timed' },
      `${said} active element with id 'A' has a catch event with id 'b1' that is mapped to a catch event with id 'timed'. These catch events have different event types: 'MESSAGE' and 'TIMER'.`,
    ],
    [
      { A: 'A' },
      `${said} active element with id 'A' attempts to subscribe to a message it is already subscribed to with name 'one'. Migrating active elements that subscribe to a message they are already subscribed to is not possible yet. Please provide a mapping instruction to message catch event with id 'b1' to migrate the respective message subscription.`,
    ],
  ];
  for (const [mapping, expected] of cases) {
    const detail = await refused(() => migrate(key, target, mapping));
    t.true(detail.includes(expected), detail);
  }
  const instance = await client.getProcessInstance({ processInstanceKey: key } as never, now);
  t.is(instance.processDefinitionId as string, 'rules');
  await scene.publish('one', 'k');
  t.true((await scene.history(key)).includes('b1:COMPLETED'));
});

test('mapped events keep their subscription and instant, others end, new ones begin', async (t) => {
  const messages = { kept: '="kept"', gone: '="gone"', fresh: '=fresh' };
  const events = (prefix: string, more: string[]) => [
    boundary(`${prefix}Kept`, prefix, onMessage('kept'), false),
    boundary(`${prefix}Timer`, prefix, onTimer('PT1H'), false),
    end(`${prefix}End`),
    path(`${prefix}Kept`, `${prefix}End`) + path(`${prefix}Timer`, `${prefix}End`),
    ...more,
  ];
  await deploy(
    'events',
    guarded('A', events('A', [boundary('AGone', 'A', onMessage('gone'), false), path('AGone', 'AEnd')])),
    messages,
  );
  await client.pinClock({ timestamp: Date.UTC(2031, 0, 1) } as never);
  const key = await scene.create('events', { fresh: 'fresh' });
  const other = await scene.create('events', {});
  const target = await deploy(
    'eventsTarget',
    guarded('B', events('B', [boundary('BFresh', 'B', onMessage('fresh'), false), path('BFresh', 'BEnd')])),
    messages,
  );
  const before = await client.searchMessageSubscriptions(
    { filter: { processInstanceKey: key, messageName: 'kept' } } as never,
    now,
  );
  await client.pinClock({ timestamp: Date.UTC(2031, 0, 1) + 1_800_000 } as never);
  const mapping = { A: 'B', AKept: 'BKept', ATimer: 'BTimer' };
  await migrate(key, target, mapping);
  const after = await client.searchMessageSubscriptions({ filter: { processInstanceKey: key } } as never, now);
  const kept = after.items.find(({ messageName }) => messageName === 'kept')!;
  t.is(kept.messageSubscriptionKey, before.items[0]!.messageSubscriptionKey);
  t.is(kept.elementId as string, 'BKept');
  t.is(kept.processDefinitionId as string, 'eventsTarget');
  t.is(after.items.find(({ messageName }) => messageName === 'gone')!.messageSubscriptionState, 'DELETED');
  for (const [name, correlation] of [
    ['kept', 'kept'],
    ['gone', 'gone'],
    ['fresh', 'fresh'],
  ] as const) {
    await scene.publish(name, correlation);
  }
  // the hour has begun before the migration
  await client.pinClock({ timestamp: Date.UTC(2031, 0, 1) + 3_600_000 } as never);
  const history = await scene.history(key);
  t.deepEqual(
    history.filter((line) => /Kept|Gone|Fresh|Timer/.test(line)),
    ['BKept:COMPLETED', 'BFresh:COMPLETED', 'BTimer:COMPLETED'],
  );
  const detail = await refused(() => migrate(other, target, mapping));
  t.true(
    detail.includes(
      "active element with id 'A' is mapped to element with id 'B' that must be subscribed to a catch event.",
    ),
    detail,
  );
  await client.resetClock();
});

test('event sub-processes: a mapped start keeps waiting, a new one begins, an active one is carried over', async (t) => {
  const messages = { begin: '="b"', late: '="l"' };
  const aside = (id: string, message: string, type: string) =>
    eventSubProcess(
      id,
      start(`${id}Start`, onMessage(message), 'isInterrupting="false"'),
      serviceTask(`${id}Task`, type),
      end(`${id}End`),
      path(`${id}Start`, `${id}Task`, `${id}End`),
    );
  await deploy('asides', guarded('A', [aside('old', 'begin', 'asideWork')]), messages);
  const key = await scene.create('asides');
  await scene.publish('begin', 'b');
  const target = await deploy(
    'asidesTarget',
    guarded('B', [aside('now', 'begin', 'asideWork'), aside('extra', 'late', 'asideLate')]),
    messages,
  );
  await migrate(key, target, { A: 'B', old: 'now', oldTask: 'nowTask', oldStart: 'nowStart' });
  await scene.publish('begin', 'b');
  await scene.publish('late', 'l');
  t.deepEqual(new Set((await scene.jobs('asideWork')).map((job) => job.elementId)), new Set(['nowTask']));
  t.is((await scene.jobs('asideLate')).length, 1);
});

test('tokens that wait at a join go with their flow, or the migration is refused', async (t) => {
  const forked = (join: string, second: string, flowId: string, more: string[] = [], type = 'parallelGateway') => [
    start(),
    element('parallelGateway', 'fork'),
    serviceTask('one', 'forkedOne'),
    serviceTask(second, 'forkedTwo'),
    element(type, join),
    end(),
    path('start', 'fork', 'one') + path('fork', second) + path(join, 'end'),
    `<bpmn:sequenceFlow id="${flowId}" sourceRef="one" targetRef="${join}" />` + flow(second, join),
    ...more,
  ];
  const third = (join: string) => [serviceTask('three', 'forkedThree'), path('fork', 'three', join)];
  await deploy('forked', forked('join1', 'two', 'flow1', third('join1')));
  const key = await scene.create('forked');
  await scene.completeNext('forkedOne');
  const said = `Expected to migrate process instance '${key}' but`;
  const target = await deploy('forkedTarget', forked('join2', 'second', 'flow2', third('join2')));
  const active = { two: 'second', three: 'three' };
  t.true(
    (await refused(() => migrate(key, target, active))).includes(
      `${said} gateway 'join1' has at least one incoming sequence flow taken. Joining gateways with at least one incoming sequence flow taken must be mapped to a gateway of the same type in the target process definition.`,
    ),
  );
  t.true(
    (await refused(() => migrate(key, target, { ...active, join1: 'join2' }))).includes(
      `${said} gateway with id 'join1' has a taken incoming sequence flow mismatch. Taken sequence flow with id 'flow1' must connect to the mapped target gateway with id 'join2' in the target process definition.`,
    ),
  );
  const fewer = await deploy('forkedFewer', [
    ...forked('join2', 'second', 'flow1'),
    serviceTask('three', 'x'),
    path('fork', 'three', 'end'),
  ]);
  t.true(
    (await refused(() => migrate(key, fewer, { ...active, join1: 'join2' }))).includes(
      `${said} target gateway with id 'join2' has less incoming sequence flows than the source gateway with id 'join1'. Target gateway must have at least the same number of incoming sequence flows as the source gateway.`,
    ),
  );
  const inclusive = await deploy(
    'forkedInclusive',
    forked('join2', 'second', 'flow1', third('join2'), 'inclusiveGateway'),
  );
  t.true(
    (await refused(() => migrate(key, inclusive, { ...active, join1: 'join2' }))).includes(
      `${said} active element with id 'join1' and type 'PARALLEL_GATEWAY' is mapped to an element with id 'join2' and different type 'INCLUSIVE_GATEWAY'.`,
    ),
  );
  await migrate(key, target, { ...active, join1: 'join2', flow1: 'flow2' });
  await scene.completeNext('forkedTwo');
  await scene.completeNext('forkedThree');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('join2:COMPLETED'));

  const both = await scene.create('forked');
  await scene.completeNext('forkedOne');
  await scene.completeNext('forkedTwo');
  const shared = { three: 'three', join1: 'join2', flow1: 'flow2', two_join1: 'flow2' };
  t.true(
    (await refused(() => migrate(both, target, shared))).includes(
      "but active sequence flows 'flow1, two_join1' are mapped to the same target sequence flow 'flow2'. ",
    ),
  );
});
