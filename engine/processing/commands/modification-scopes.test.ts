import test from 'ava';
import { element, end, loop, model, path, serviceTask, start } from '../../testing/model.ts';
import { keysOf, modifier, move, nested, refused } from '../../testing/modification.ts';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
const { client, now } = scene;
const modify = modifier(scene);
test.after.always(() => scene.close());

test('with several instances of a scope an ancestor says which, or that a new one is wanted', async (t) => {
  const xml = model('several', [
    start(),
    element(
      'subProcess',
      'scope',
      loop({ inputCollection: '=[1, 2]', inputElement: 'item' }) +
        start('s0') +
        serviceTask('A', 'severalA') +
        serviceTask('B', 'severalB') +
        end('s1') +
        path('s0', 'A', 'B', 's1'),
    ),
    end(),
    path('start', 'scope', 'end'),
  ]);
  const key = await scene.run('several', xml);
  const detail = await refused(() => modify(key, { activateInstructions: [{ elementId: 'B' }] }));
  t.true(detail.includes("a flow scope with more than one active instance: 'scope'. Can't decide in which instance"));
  const filter = { processInstanceKey: key, elementId: 'scope', type: 'SUB_PROCESS' };
  const inner = (await client.searchElementInstances({ filter } as never, now)).items;
  t.is(inner.length, 2);
  await modify(key, {
    activateInstructions: [{ elementId: 'B', ancestorElementInstanceKey: inner[1]!.elementInstanceKey }],
  });
  const job = await scene.job('severalB');
  t.is(job.variables.item, 2);
  const body = (
    await client.searchElementInstances({ filter: { ...filter, type: 'MULTI_INSTANCE_BODY' } } as never, now)
  ).items[0]!;
  const unsupported = await refused(() =>
    modify(key, { activateInstructions: [{ elementId: 'B', ancestorElementInstanceKey: body.elementInstanceKey }] }),
  );
  t.true(
    unsupported.includes(
      "would result in the activation of multi-instance element 'scope', which is currently unsupported.",
    ),
  );
});

test('moving by element moves each of its instances within its own scope', async (t) => {
  const xml = model('moves', [
    start(),
    element(
      'subProcess',
      'scope',
      loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' }) +
        start('s0') +
        serviceTask('A', 'movesA') +
        serviceTask('B', 'movesB') +
        end('s1') +
        path('s0', 'A', 'B', 's1'),
    ),
    end(),
    path('start', 'scope', 'end'),
  ]);
  const key = await scene.run('moves', xml);
  const ambiguous = await refused(() => modify(key, { moveInstructions: [move({ sourceElementId: 'A' }, 'B')] }));
  t.true(ambiguous.includes('a flow scope with more than one active instance'));
  await modify(key, {
    moveInstructions: [
      move({ sourceElementId: 'A' }, 'B', { ancestorScopeInstruction: { ancestorScopeType: 'sourceParent' } }),
    ],
  });
  const jobs = await scene.jobs('movesB');
  t.deepEqual(new Set(jobs.map((job) => job.variables.item)), new Set([1, 2, 3]));
  await scene.noJob(t, 'movesA');
  for (const job of jobs) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

test('what is moved out of a multi-instance by its element becomes one token', async (t) => {
  const xml = model('movedOut', [
    start(),
    element(
      'subProcess',
      'scope',
      loop({ inputCollection: '=[1, 2, 3]' }) + start('s0') + serviceTask('A', 'movedOutA') + path('s0', 'A'),
    ),
    serviceTask('B', 'movedOutB'),
    end(),
    path('start', 'scope', 'B', 'end'),
  ]);
  const key = await scene.run('movedOut', xml);
  await modify(key, { moveInstructions: [move({ sourceElementId: 'A' }, 'B')] });
  await scene.noJob(t, 'movedOutA');
  await scene.completeNext('movedOutB');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a move out of a deep scope finds the scope of its target around the source', async (t) => {
  const key = await scene.run('inferred', nested('inferred'));
  await scene.completeNext('inferredA');
  await scene.completeNext('inferredB');
  const [outer] = await keysOf(scene, key, 'outer');
  const [source] = await keysOf(scene, key, 'C');
  await modify(key, {
    moveInstructions: [
      move({ sourceElementInstanceKey: source! }, 'B', { ancestorScopeInstruction: { ancestorScopeType: 'inferred' } }),
    ],
  });
  t.deepEqual(await keysOf(scene, key, 'outer'), [outer]);
  t.deepEqual(await keysOf(scene, key, 'inner'), []);
  await scene.completeNext('inferredB');
  t.is((await keysOf(scene, key, 'C')).length, 1);
});

test('an instance can begin inside of a sub-process, but not inside of a multi-instance', async (t) => {
  await scene.deploy({ 'inside.bpmn': nested('inside') });
  const begin = (elementId: string) =>
    client.createProcessInstance({ processDefinitionId: 'inside', startInstructions: [{ elementId }] } as never);
  const created = await begin('C');
  await scene.completeNext('insideC');
  t.deepEqual(await scene.history(String(created.processInstanceKey)), [
    'outer:COMPLETED',
    'inner:COMPLETED',
    'C:COMPLETED',
    'i1:COMPLETED',
    'o1:COMPLETED',
    'choice:ACTIVE',
  ]);
  t.true((await refused(() => begin('start'))).includes("targets unsupported element type 'START_EVENT'."));
  t.true(
    (await refused(() => begin('first'))).includes("the element with id 'first' belongs to an event-based gateway."),
  );
  t.true((await refused(() => begin('nine'))).includes("no element found with id 'nine'."));
});
