import test from 'ava';
import { element, end, flow, model, path, serviceTask, start } from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

test('a parallel gateway goes on when all its flows have arrived', async (t) => {
  const xml = model('parallel', [
    start(),
    element('parallelGateway', 'fork'),
    serviceTask('left', 'left'),
    serviceTask('right', 'right'),
    element('parallelGateway', 'join'),
    end(),
    path('start', 'fork', 'left', 'join', 'end') + path('fork', 'right', 'join'),
  ]);
  const key = await scene.run('parallel', xml);
  await scene.completeNext('left');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('right');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry.startsWith('join')).length, 1);
});

test('an inclusive gateway takes every flow whose condition holds and joins just those', async (t) => {
  const xml = model('inclusive', [
    start(),
    element('inclusiveGateway', 'which', '', 'default="which_c"'),
    serviceTask('a', 'incA'),
    serviceTask('b', 'incB'),
    serviceTask('c', 'incC'),
    element('inclusiveGateway', 'join'),
    end(),
    path('start', 'which') +
      flow('which', 'a', '=list contains(units, "a")') +
      flow('which', 'b', '=list contains(units, "b")'),
    flow('which', 'c') + path('a', 'join', 'end') + path('b', 'join') + path('c', 'join'),
  ]);
  const both = await scene.run('inclusive', xml, { units: ['a', 'b'] });
  await scene.completeNext('incA');
  t.is(await scene.state(both), 'ACTIVE');
  await scene.completeNext('incB');
  t.is(await scene.state(both), 'COMPLETED');
  const none = await scene.create('inclusive', { units: [] });
  await scene.completeNext('incC');
  t.is(await scene.state(none), 'COMPLETED');
});

test('an inclusive gateway does not wait for a token that has gone another way', async (t) => {
  const xml = model('diverted', [
    start(),
    element('inclusiveGateway', 'which'),
    element('task', 'a'),
    serviceTask('b', 'diverted'),
    element('exclusiveGateway', 'back', '', 'default="back_join"'),
    element('inclusiveGateway', 'join'),
    end(),
    end('away'),
    path('start', 'which') + flow('which', 'a', '=true') + flow('which', 'b', '=true'),
    path('a', 'join', 'end') + path('b', 'back', 'join') + flow('back', 'away', '=gone'),
  ]);
  const key = await scene.run('diverted', xml, { gone: true });
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('diverted');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('join:COMPLETED'));
});

test('an inclusive gateway joins tokens that all come at once', async (t) => {
  const xml = model('atOnce', [
    start(),
    element('inclusiveGateway', 'which', '', 'default="which_c"'),
    element('task', 'a'),
    element('task', 'b'),
    element('task', 'c'),
    element('inclusiveGateway', 'join'),
    end(),
    path('start', 'which') + flow('which', 'a', '=true') + flow('which', 'b', '=true') + flow('which', 'c'),
    path('a', 'join', 'end') + path('b', 'join') + path('c', 'join'),
  ]);
  const key = await scene.run('atOnce', xml);
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry.startsWith('join')).length, 1);
});

test('an inclusive gateway waits for all that its fork takes, also where the first flow leads straight to it', async (t) => {
  const xml = model('straight', [
    start(),
    element('parallelGateway', 'fork'),
    serviceTask('task', 'straight'),
    element('inclusiveGateway', 'join'),
    end(),
    path('start', 'fork', 'join', 'end') + path('fork', 'task', 'join'),
  ]);
  const key = await scene.run('straight', xml);
  const joins = async () => (await scene.history(key)).filter((entry) => entry.startsWith('join')).length;
  t.is(await joins(), 0);
  await scene.completeNext('straight');
  t.is(await joins(), 1);
  t.is(await scene.state(key), 'COMPLETED');
});

test('a gateway where no condition holds is an incident that mended variables resolve', async (t) => {
  const xml = model('stuck', [
    start(),
    element('exclusiveGateway', 'which'),
    end(),
    end('other'),
    path('start', 'which') + flow('which', 'end', '=x = 1') + flow('which', 'other', '=x = 2'),
  ]);
  const key = await scene.run('stuck', xml, { x: 3 });
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'CONDITION_ERROR');
  await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { x: 2 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.incidents(key), []);
});

test('a condition that is neither true nor false is an incident of its value', async (t) => {
  for (const type of ['exclusiveGateway', 'inclusiveGateway']) {
    const id = `unclear_${type}`;
    const xml = model(id, [
      start(),
      element(type, 'which'),
      end(),
      end('other'),
      path('start', 'which') + flow('which', 'end', '=x < 5') + flow('which', 'other', '=x > 10'),
    ]);
    const key = await scene.run(id, xml, { x: 'bar' });
    const [incident] = await scene.incidents(key);
    t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
    t.regex(incident!.errorMessage, /^Expected result of the expression 'x .*' to be 'BOOLEAN', but was 'NULL'\./);
    await scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables: { x: 11 } } as never);
    await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
    t.is(await scene.state(key), 'COMPLETED');
  }
});

test('an inclusive gateway joins anew each time that a loop comes round', async (t) => {
  const xml = model('rounds', [
    start(),
    element('inclusiveGateway', 'fork', '', 'default="fork_a"'),
    serviceTask('a', 'roundA'),
    serviceTask('b', 'roundB'),
    serviceTask('c', 'roundC'),
    element('inclusiveGateway', 'join'),
    element('exclusiveGateway', 'again', '', 'default="again_end"'),
    end(),
    path('start', 'fork', 'a', 'join', 'again', 'end'),
    flow('fork', 'b', '=x > 1') + flow('fork', 'c', '=x > 2'),
    path('b', 'join') + path('c', 'join') + flow('again', 'fork', '=more'),
  ]);
  const key = await scene.run('rounds', xml, { x: 3, more: true });
  await scene.completeNext('roundB');
  await scene.noJob(t, 'roundA');
  await scene.completeNext('roundC', { x: 0 });
  await scene.completeNext('roundA', { more: false });
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry === 'join:COMPLETED').length, 2);
});
