import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { openEngine } from '../open-engine.ts';
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
  onSignal,
  onTimer,
  path as along,
  serviceTask,
  start,
  subProcess,
  throwEvent,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const broadcast = (signalName: string, variables?: Record<string, unknown>) =>
  scene.client.broadcastSignal({ signalName, variables } as never);

const waiting = (id: string, signal: string) =>
  model(id, [start(), catchEvent('wait', onSignal(signal)), end(), along('start', 'wait', 'end')], {
    signals: [signal],
  });

const started = (id: string, signal: string) =>
  model(id, [start('start', onSignal(signal)), serviceTask('task', id), end(), along('start', 'task', 'end')], {
    signals: [signal],
  });

test('a signal is heard by all that wait for it, in every instance of every process, with its variables', async (t) => {
  await scene.deploy({ 's1.bpmn': waiting('s1', 'all'), 's2.bpmn': waiting('s2', 'all') });
  const keys = [await scene.create('s1'), await scene.create('s1'), await scene.create('s2')];
  const other = await scene.run('s3', waiting('s3', 'else'));
  const answer = (await broadcast('all', { news: 1 })) as unknown as Record<string, string>;
  t.regex(String(answer.signalKey), /^\d+$/);
  t.is(answer.tenantId, '<default>');
  for (const key of keys) {
    t.is(await scene.state(key), 'COMPLETED');
    t.deepEqual(await scene.variables(key), { news: 1 });
  }
  t.is(await scene.state(other), 'ACTIVE');
});

test('a signal that nobody waits for is forgotten, one without a name or with what a body has not is refused', async (t) => {
  const late = await scene.run('late', waiting('late', 'early'));
  await broadcast('never');
  t.is(await scene.state(late), 'ACTIVE');
  t.is((await scene.engine.request('POST', '/v2/signals/broadcast', { signalName: '' })).status, 400);
  t.is((await scene.engine.request('POST', '/v2/signals/broadcast', { signalName: 's', more: 1 })).status, 400);
});

test('a signal starts the newest version of every process that begins with it', async (t) => {
  await scene.deploy({ 'a.bpmn': started('startA', 'old') });
  const { processes } = await scene.deploy({ 'a.bpmn': started('startA', 'begin') });
  await scene.deploy({ 'b.bpmn': started('startB', 'begin') });
  await broadcast('old');
  await scene.noJob(t, 'startA');
  await broadcast('begin', { from: 'signal' });
  t.deepEqual((await scene.job('startA')).variables, { from: 'signal' });
  await scene.job('startB');
  await scene.client.deleteResource({ resourceKey: processes[0]!.processDefinitionKey } as never);
  await broadcast('begin');
  await scene.noJob(t, 'startA');
  await broadcast('old');
  t.is((await scene.jobs('startA')).length, 1, 'the version before is started again by its own signal');
});

test('a process may begin with several signals and with none, and a version without them is started by none', async (t) => {
  const xml = model(
    'several',
    [
      start(),
      start('one', onSignal('one')),
      start('two', onSignal('two'), ''),
      element('exclusiveGateway', 'join'),
      serviceTask('task', 'several'),
      end(),
      along('start', 'join', 'task', 'end') + along('one', 'join') + along('two', 'join'),
    ],
    { signals: ['one', 'two'] },
  );
  await scene.run('several', xml);
  await broadcast('one');
  await broadcast('two');
  t.is((await scene.jobs('several')).length, 3);
  await scene.deploy({
    'several.bpmn': model('several', [start(), serviceTask('task', 'several'), end(), along('start', 'task', 'end')]),
  });
  await broadcast('one');
  await scene.noJob(t, 'several');
});

test('signals at the boundary end the work, or run beside it as often as they come', async (t) => {
  const xml = model(
    'watched',
    [
      start(),
      serviceTask('work', 'watchedWork'),
      boundary('note', 'work', onSignal('note'), false),
      boundary('stop', 'work', onSignal('halt')),
      serviceTask('noted', 'noted'),
      end(),
      along('start', 'work', 'end') + along('note', 'noted') + along('stop', 'end'),
    ],
    { signals: ['note', 'halt'] },
  );
  const key = await scene.run('watched', xml);
  await broadcast('note', { n: 1 });
  await broadcast('note', { n: 2 });
  const notes = await scene.jobs('noted');
  t.is(notes.length, 2);
  await broadcast('halt');
  await scene.noJob(t, 'watchedWork');
  await broadcast('note');
  await scene.noJob(t, 'noted');
  for (const job of notes) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('work:TERMINATED'));
});

test('an event sub-process that a signal begins runs beside or instead', async (t) => {
  const handler = (id: string, signal: string, attributes: string) =>
    eventSubProcess(
      id,
      start(`${id}0`, onSignal(signal), attributes),
      serviceTask(`${id}1`, `sub${id}`),
      end(`${id}2`),
      along(`${id}0`, `${id}1`, `${id}2`),
    );
  const xml = model(
    'subs',
    [
      start(),
      subProcess(
        'phase',
        start('p0'),
        serviceTask('work', 'subsWork'),
        end('p1'),
        along('p0', 'work', 'p1'),
        handler('Beside', 'beside', 'isInterrupting="false"'),
        handler('Instead', 'instead', ''),
      ),
      boundary('leave', 'phase', onSignal('leave')),
      end(),
      end('left'),
      along('start', 'phase', 'end') + along('leave', 'left'),
    ],
    { signals: ['beside', 'instead', 'leave'] },
  );
  const key = await scene.run('subs', xml);
  await broadcast('beside');
  await broadcast('beside');
  t.is((await scene.jobs('subBeside')).length, 2);
  await broadcast('instead', { why: 'x' });
  t.is((await scene.job('subInstead')).variables.why, 'x');
  await broadcast('instead');
  await broadcast('beside');
  await scene.noJob(t, 'subBeside');
  await scene.noJob(t, 'subInstead');
  await broadcast('leave');
  t.true((await scene.history(key)).includes('left:COMPLETED'), 'the boundary of an interrupted scope still listens');
  t.is(await scene.state(key), 'COMPLETED');
});

test('behind an event-based gateway the first signal decides', async (t) => {
  const xml = model(
    'first',
    [
      start(),
      element('eventBasedGateway', 'gateway'),
      catchEvent('red', onSignal('red')),
      catchEvent('green', onSignal('green')),
      catchEvent('late', onTimer('PT9H')),
      end('redEnd'),
      end('greenEnd'),
      along('start', 'gateway', 'red', 'redEnd') + along('gateway', 'green', 'greenEnd') + along('gateway', 'late'),
    ],
    { signals: ['red', 'green'] },
  );
  const key = await scene.run('first', xml);
  await broadcast('green', { colour: 'green' });
  await broadcast('red');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('greenEnd:COMPLETED'));
  t.deepEqual(await scene.variables(key), { colour: 'green' });
});

test('an output mapping of the catching event decides what the process keeps', async (t) => {
  const xml = model(
    'mapped',
    [
      start(),
      catchEvent('wait', extensions(mapping({}, { kept: '=news' })) + onSignal('mapped')),
      end(),
      along('start', 'wait', 'end'),
    ],
    { signals: ['mapped'] },
  );
  const key = await scene.run('mapped', xml);
  await broadcast('mapped', { news: 1, more: 2 });
  t.deepEqual(await scene.variables(key), { kept: 1 });
});

test('a thrown signal carries what the input mappings of its event made, and nothing else', async (t) => {
  await scene.deploy({ 'hearing.bpmn': waiting('hearing', 'told') });
  const heard = await scene.create('hearing');
  const thrower = model(
    'telling',
    [
      start(),
      throwEvent('tell', extensions(mapping({ news: '=secret + 1' })) + onSignal('told')),
      end('end', extensions(mapping({ last: '="end"' })) + onSignal('over')),
      along('start', 'tell', 'end'),
    ],
    { signals: ['told', 'over'] },
  );
  const overhearing = await scene.run('overhearing', waiting('overhearing', 'over'));
  const key = await scene.run('telling', thrower, { secret: 1 });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(heard), { news: 2 });
  t.deepEqual(await scene.variables(overhearing), { last: 'end' });
});

test('what throws a signal is told of it too, but not what begins to wait after it', async (t) => {
  const xml = model(
    'echo',
    [
      start(),
      element('parallelGateway', 'fork'),
      throwEvent('call', onSignal('echo')),
      catchEvent('hear', onSignal('echo')),
      catchEvent('after', onSignal('echo')),
      end(),
      along('start', 'fork', 'call', 'after', 'end') + along('fork', 'hear', 'end'),
    ],
    { signals: ['echo'] },
  );
  const key = await scene.run('echo', xml);
  const history = await scene.history(key);
  t.true(history.includes('hear:COMPLETED'));
  t.true(history.includes('after:ACTIVE'));
});

test('a signal that ends the scope of its thrower leaves no token behind', async (t) => {
  const xml = model(
    'own',
    [
      start(),
      subProcess('phase', start('p0'), throwEvent('call', onSignal('own')), end('p1'), along('p0', 'call', 'p1')),
      boundary('caught', 'phase', onSignal('own')),
      end(),
      end('caughtEnd'),
      along('start', 'phase', 'end') + along('caught', 'caughtEnd'),
    ],
    { signals: ['own'] },
  );
  const key = await scene.run('own', xml);
  t.deepEqual((await scene.history(key)).sort(), [
    'call:COMPLETED',
    'caught:COMPLETED',
    'caughtEnd:COMPLETED',
    'p0:COMPLETED',
    'phase:TERMINATED',
    'start:COMPLETED',
  ]);
});

test('the name of a signal may be an expression; one that is no string is an incident, mended by its variable', async (t) => {
  const options = { signals: ['="news " + topic'] };
  const catcher = model(
    'catching',
    [start(), catchEvent('wait', onSignal('="news " + topic')), end(), along('start', 'wait', 'end')],
    options,
  );
  const key = await scene.run('catching', catcher, { topic: 'a' });
  const broken = await scene.create('catching', { topic: 7 });
  const [incident] = await scene.incidents(broken);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  t.regex(
    incident!.errorMessage,
    /Expected result of the expression '"news " \+ topic' to be 'STRING', but was 'NULL'/,
  );
  await scene.client.createElementInstanceVariables({ elementInstanceKey: broken, variables: { topic: 'b' } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  const thrower = model(
    'throwing',
    [start(), end('end', onSignal('="news " + topic')), along('start', 'end')],
    options,
  );
  await scene.deploy({ 'throwing.bpmn': thrower });
  await scene.create('throwing', { topic: 'a' });
  t.is(await scene.state(key), 'COMPLETED');
  t.is(await scene.state(broken), 'ACTIVE');
  await scene.create('throwing', { topic: 'b' });
  t.is(await scene.state(broken), 'COMPLETED');
});

test('a start event may compute the name of its signal, but not from variables', async (t) => {
  await scene.deploy({ 'constant.bpmn': started('constant', '="con" + "stant"') });
  await broadcast('constant');
  await scene.completeNext('constant');
  await t.throwsAsync(() => scene.deploy({ 'x.bpmn': started('x', '=variable') }), {
    message: /Expected constant expression of type String for signal name '=variable', but was NULL/,
  });
  await t.throwsAsync(() => scene.deploy({ 'x.bpmn': started('x', '=1') }), {
    message: /Expected constant expression of type String for signal name '=1', but was NUMBER/,
  });
});

test('each item of a loop hears the signal, and who is canceled hears nothing more', async (t) => {
  const items = loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' });
  const xml = model(
    'looped',
    [
      start(),
      element(
        'subProcess',
        'each',
        items + start('e0') + catchEvent('wait', onSignal('looped')) + end('e1') + along('e0', 'wait', 'e1'),
      ),
      end(),
      along('start', 'each', 'end'),
    ],
    { signals: ['looped'] },
  );
  const key = await scene.run('looped', xml);
  const canceled = await scene.create('looped');
  await scene.client.cancelProcessInstance({ processInstanceKey: canceled } as never);
  await broadcast('looped');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry === 'wait:COMPLETED').length, 3);
  t.is(await scene.state(canceled), 'TERMINATED');
});

test('what hears signals for ever never holds the engine up', async (t) => {
  const xml = model(
    'forever',
    [start('start', onSignal('forever')), end('end', onSignal('forever')), along('start', 'end')],
    { signals: ['forever'] },
  );
  const { processes } = await scene.deploy({ 'forever.bpmn': xml });
  await broadcast('forever');
  const other = await scene.run('meanwhile', model('meanwhile', [start(), end(), flow('start', 'end')]));
  t.is(await scene.state(other), 'COMPLETED');
  await scene.client.deleteResource({ resourceKey: processes[0]!.processDefinitionKey } as never);
});

test('more subscriptions than one command takes are all served, also after a restart', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-signals-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'engine.sqlite');
  const settings = { maxSweepRows: 3 };
  let engine = openEngine({ file, settings });
  const content = new TextEncoder().encode(waiting('many', 'many'));
  await engine.execute({ type: 'deployment.create', resources: [{ name: 'many.bpmn', content }] });
  for (let n = 0; n < 20; n++) await engine.execute({ type: 'process-instance.create', processDefinitionId: 'many' });
  await engine.close();
  engine = openEngine({ file, settings });
  await engine.execute({ type: 'signal.broadcast', signalName: 'many', variables: { n: 1 } });
  await engine.execute({ type: 'process-instance.create', processDefinitionId: 'many' });
  await engine.close();
  engine = openEngine({ file, settings });
  const db = new Database(file, { readonly: true });
  t.teardown(() => db.close());
  const left = db.prepare('SELECT count(*) FROM signal').pluck();
  while (left.get() !== 0) await engine.execute({ type: 'signal.broadcast', signalName: 'other' });
  const counted = db.prepare('SELECT state, count(*) FROM process_instance GROUP BY state ORDER BY state').raw();
  t.deepEqual(counted.all(), [
    ['ACTIVE', 1],
    ['COMPLETED', 20],
  ]);
  t.is(db.prepare('SELECT count(*) FROM signal_subscription').pluck().get(), 1);
  await engine.close();
});
