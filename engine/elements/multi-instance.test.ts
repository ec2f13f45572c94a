import anyTest, { type TestFn } from 'ava';
import {
  boundary,
  callActivity,
  element,
  end,
  extensions,
  flow,
  loop,
  mapping,
  model,
  onMessage,
  path,
  start,
  subProcess,
  serviceTask,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const test = anyTest as TestFn<Scene>;
let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const around = (...content: string[]) => [start(), ...content, end(), path('start', 'work', 'end')];
const task = (type: string, given: Parameters<typeof loop>[0], ...more: string[]) =>
  element('serviceTask', 'work', extensions(taskDefinition(type), ...more) + loop(given));

test('thousands of instances are made in turns, and all of them answer in their place', async (t) => {
  const results = { outputCollection: 'results', outputElement: '=n * 2' };
  const work = element(
    'scriptTask',
    'work',
    extensions('<zeebe:script expression="=n" resultVariable="m" />') +
      loop({ inputCollection: '=for i in 1..3000 return i', inputElement: 'n', ...results }),
  );
  const key = await scene.run('thousands', model('thousands', around(work)));
  for (let left = 50; left > 0 && (await scene.state(key)) === 'ACTIVE'; left--) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.incidents(key), []);
  const { variables } = await scene.client
    .searchVariables({ filter: { processInstanceKey: key, name: 'results' } } as never, scene.now)
    .then(({ items }) => scene.client.getVariable({ variableKey: items[0]!.variableKey } as never, scene.now))
    .then((found) => ({ variables: JSON.parse((found as unknown as { value: string }).value) as number[] }));
  t.is(variables.length, 3000);
  t.true(variables.every((value, index) => value === (index + 1) * 2));
});

test('one after the other: items, outputs and counters keep their order', async (t) => {
  const given = { inputCollection: '=["a", "b", "c"]', inputElement: 'item', sequential: true };
  const work = task('order-work', {
    ...given,
    outputCollection: 'results',
    outputElement: '=item + string(loopCounter) + r',
  });
  const key = await scene.run('order', model('order', around(work)), { r: '' });
  for (const item of ['a', 'b', 'c']) {
    const job = await scene.job('order-work');
    t.is(job.variables.item, item);
    await scene.noJob(t, 'order-work');
    await scene.complete(job, { r: '!' });
  }
  t.deepEqual((await scene.variables(key)).results, ['a1!', 'b2!', 'c3!']);
});

test('parallel outputs keep the places of their items; one that was ended leaves null', async (t) => {
  const given = { inputCollection: '=[1, 2, 3]', inputElement: 'n', outputCollection: 'results', outputElement: '=n' };
  const work = task('place-work', { ...given, completionCondition: '=numberOfCompletedInstances = 2' });
  const key = await scene.run('place', model('place', around(work)));
  const jobs = await scene.jobs('place-work');
  await scene.complete(jobs[2]!);
  await scene.complete(jobs[0]!);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).results, [1, null, 3]);
});

test('the condition sees the numbers and what was gathered', async (t) => {
  const given = {
    inputCollection: '=[1, 2, 3, 4]',
    inputElement: 'n',
    outputCollection: 'votes',
    outputElement: '=vote',
  };
  const condition = '=count(votes[item = "no"]) > 1 and numberOfInstances = 4 and numberOfActiveInstances = 2';
  const work = task('vote-work', { ...given, completionCondition: condition });
  const key = await scene.run('vote', model('vote', around(work)));
  const jobs = await scene.jobs('vote-work');
  await scene.complete(jobs[0]!, { vote: 'no' });
  await scene.complete(jobs[3]!, { vote: 'no' });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).votes, ['no', null, null, 'no']);
});

test('the number of instances counts those that were made, of a sequential loop one more each time', async (t) => {
  const completionCondition = '=numberOfInstances = 2';
  const key = await scene.run(
    'made',
    model('made', around(task('made-work', { inputCollection: '=[1, 2, 3]', sequential: true, completionCondition }))),
  );
  await scene.completeNext('made-work');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('made-work');
  t.is(await scene.state(key), 'COMPLETED');
});

test('an output that is more than one variable reads what is further out', async (t) => {
  const given = { inputCollection: '=[1, 2]', inputElement: 'n', outputCollection: 'sums', outputElement: '=base + n' };
  const key = await scene.run('based', model('based', around(task('based-work', given))), { base: 10 });
  for (const job of await scene.jobs('based-work')) await scene.complete(job);
  t.deepEqual((await scene.variables(key)).sums, [11, 12]);
});

test('what is gathered so far is a variable of the loop, seen from inside and never further out', async (t) => {
  const given = { inputCollection: '=for i in 1..120 return i', inputElement: 'n', sequential: true };
  const work = task('gather-work', {
    ...given,
    outputCollection: 'sums',
    outputElement: '=n + count(sums[item != null])',
  });
  const key = await scene.run('gather', model('gather', around(work)));
  for (let n = 1; n <= 120; n++) {
    const job = await scene.job('gather-work');
    const before = Array.from({ length: 120 }, (_, at) => (at < n - 1 ? 2 * at + 1 : null));
    t.deepEqual(job.variables.sums, before);
    if (n === 61) {
      const { items } = await scene.client.searchVariables(
        { filter: { processInstanceKey: key, name: 'sums' } } as never,
        scene.now,
      );
      t.is(items.length, 1);
      t.not(items[0]!.scopeKey, key);
      t.is((JSON.parse(items[0]!.value) as unknown[])[59], 119);
    }
    await scene.complete(job);
  }
  const sums = (await scene.variables(key)).sums as number[];
  t.is(sums[119], 239);
});

test('who else writes the output collection writes what the loop has gathered, where its answers may have no place', async (t) => {
  const given = { inputCollection: '=[1, 2]', inputElement: 'n', outputCollection: 'results', outputElement: '=n' };
  await scene.deploy({ 'shared.bpmn': model('shared', around(task('shared-work', { ...given, sequential: true }))) });
  const unable = (what: string) =>
    `Unable to update an item in output collection 'results' ${what}. ` +
    'This may happen when multiple BPMN elements write to the same variable.';
  for (const [written, what] of [
    [[], 'at position 1 because the size of the collection is: 0'],
    ['a text', 'because the type of the output collection is: STRING'],
    [null, 'because the type of the output collection is: NIL'],
  ]) {
    const key = await scene.create('shared');
    const job = await scene.job('shared-work');
    const { elementInstanceKey } = job;
    await scene.client.createElementInstanceVariables({ elementInstanceKey, variables: { results: written } } as never);
    await scene.complete(job);
    const [incident] = await scene.incidents(key);
    t.is(incident!.errorMessage, unable(what as string));
    t.is(incident!.elementInstanceKey, elementInstanceKey);
    const mended = { elementInstanceKey, variables: { results: ['kept', 'replaced', 'more'] } };
    await scene.client.createElementInstanceVariables(mended as never);
    await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
    t.deepEqual((await scene.completeNext('shared-work')).variables.results, [1, 'replaced', 'more']);
    t.is(await scene.state(key), 'COMPLETED');
    t.deepEqual((await scene.variables(key)).results, [1, 2, 'more']);
  }
});

test('a collection that is empty is passed by, one that is none is an incident', async (t) => {
  const given = { inputCollection: '=items', outputCollection: 'results', outputElement: '=1' };
  const key = await scene.run('none', model('none', around(task('none-work', given))), { items: [] });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).results, []);
  const stuck = await scene.create('none', { items: null });
  const [incident] = await scene.incidents(stuck);
  t.is(incident!.errorMessage, "Expected result of the expression 'items' to be 'ARRAY', but was 'NULL'.");
  await scene.client.createElementInstanceVariables({ elementInstanceKey: stuck, variables: { items: [1] } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('none-work');
  t.is(await scene.state(stuck), 'COMPLETED');
});

test('loops nest: sub-processes with loops of their own, and call activities', async (t) => {
  const inner = element(
    'serviceTask',
    'inner',
    extensions(taskDefinition('nest-work')) +
      loop({ inputCollection: '=row', inputElement: 'cell', outputCollection: 'cells', outputElement: '=cell * 10' }),
  );
  const rows = {
    inputCollection: '=[[1, 2], [3]]',
    inputElement: 'row',
    outputCollection: 'rows',
    outputElement: '=cells',
  };
  const work = subProcess(
    'work',
    loop({ ...rows, sequential: true }),
    start('s'),
    inner,
    end('e'),
    path('s', 'inner', 'e'),
  );
  const key = await scene.run('nest', model('nest', around(work)));
  for (const cell of [1, 2, 3]) t.is((await scene.completeNext('nest-work')).variables.cell, cell);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).rows, [[10, 20], [30]]);

  const called = model('nestCalled', [start(), serviceTask('t', 'called-work'), end(), path('start', 't', 'end')]);
  await scene.deploy({ 'nestCalled.bpmn': called });
  const each = { inputCollection: '=[5, 6]', inputElement: 'n', outputCollection: 'results', outputElement: '=answer' };
  const call = callActivity(
    'work',
    'nestCalled',
    'propagateAllChildVariables="false"',
    mapping({}, { answer: '=answer' }),
  );
  const caller = await scene.run(
    'nestCaller',
    model('nestCaller', around(call.replace('</bpmn:callActivity>', `${loop(each)}</bpmn:callActivity>`))),
  );
  for (const job of await scene.jobs('called-work')) await scene.complete(job, { answer: Number(job.variables.n) + 1 });
  t.is(await scene.state(caller), 'COMPLETED');
  t.deepEqual((await scene.variables(caller)).results, [6, 7]);
});

test('an event at the body ends all instances, those that are still to come too', async (t) => {
  const work = task('body-work', { inputCollection: '=[1, 2, 3]', inputElement: 'n', sequential: true });
  const content = [...around(work), boundary('stop', 'work', onMessage('stopBody')), end('end2'), flow('stop', 'end2')];
  const key = await scene.run('body', model('body', content, { messages: { stopBody: '="1"' } }));
  await scene.completeNext('body-work');
  await scene.publish('stopBody', '1');
  t.is(await scene.state(key), 'COMPLETED');
  await scene.noJob(t, 'body-work');
  t.true((await scene.history(key)).includes('stop:COMPLETED'));
});
