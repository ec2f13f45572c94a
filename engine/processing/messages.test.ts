import test from 'ava';
import {
  catchEvent,
  element,
  end,
  eventSubProcess,
  model,
  onMessage,
  path,
  serviceTask,
  start,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const waiting = (id: string, message: string) =>
  model(id, [start(), catchEvent('wait', onMessage(message)), end(), path('start', 'wait', 'end')], {
    messages: { [message]: '=no' },
  });

const started = (id: string, message: string) =>
  model(id, [start('start', onMessage(message)), serviceTask('task', id), end(), path('start', 'task', 'end')], {
    messages: { [message]: null },
  });

test('a message goes to one instance of each process', async (t) => {
  await scene.deploy({ 'p1.bpmn': waiting('p1', 'shared'), 'p2.bpmn': waiting('p2', 'shared') });
  const first = await scene.create('p1', { no: 'k' });
  const second = await scene.create('p1', { no: 'k' });
  const other = await scene.create('p2', { no: 'k' });
  await scene.publish('shared', 'k');
  t.is(await scene.state(first), 'COMPLETED');
  t.is(await scene.state(second), 'ACTIVE');
  t.is(await scene.state(other), 'COMPLETED');
  await scene.publish('shared', 'k');
  t.is(await scene.state(second), 'COMPLETED');
});

test('correlation answers with the instance that took the message, or that none did', async (t) => {
  await scene.deploy({ 'c.bpmn': waiting('correlated', 'correlated') });
  const key = await scene.create('correlated', { no: 'k' });
  const answer = await scene.client.correlateMessage({
    name: 'correlated',
    correlationKey: 'k',
    variables: { a: 1 },
  } as never);
  t.is(String(answer.processInstanceKey), key);
  t.deepEqual(await scene.variables(key), { no: 'k', a: 1 });
  await t.throwsAsync(() => scene.client.correlateMessage({ name: 'correlated', correlationKey: 'k' } as never), {
    message:
      /Expected to find subscription for message with name 'correlated' and correlation key 'k', but none was found/,
  });
});

test('while an instance of a correlation key runs the next message for it waits for its end', async (t) => {
  await scene.deploy({ 's.bpmn': started('locked', 'locked') });
  await scene.publish('locked', 'k', { n: 1 }, { timeToLive: 60_000 });
  await scene.publish('locked', 'k', { n: 2 }, { timeToLive: 60_000 });
  await scene.publish('locked', 'other', { n: 3 });
  const jobs = await scene.jobs('locked');
  t.deepEqual(
    jobs.map((job) => job.variables.n),
    [1, 3],
  );
  await scene.complete(jobs[0]!);
  t.deepEqual(
    (await scene.jobs('locked')).map((job) => job.variables.n),
    [2],
  );
});

test('a correlated message that an instance of its key keeps from starting another says so', async (t) => {
  await scene.deploy({ 'o.bpmn': started('once', 'once'), 'w.bpmn': waiting('onceWaiting', 'once') });
  const waits = await scene.create('onceWaiting', { no: 'k' });
  const message = { name: 'once', correlationKey: 'k' };
  const answer = await scene.client.correlateMessage(message as never);
  const job = await scene.job('once');
  t.is(String(answer.processInstanceKey), job.processInstanceKey, 'what it starts is answered before what waited');
  t.is(await scene.state(waits), 'COMPLETED');
  await t.throwsAsync(() => scene.client.correlateMessage(message as never), {
    message:
      /but no active subscription was found\. A process instance with this correlation key is already active for a message start event with this message name in process IDs \[once\]\. Only one active process instance per correlation key is allowed for message start events\.$/,
  });
  await scene.complete(job);
  await scene.noJob(t, 'once');
  await scene.client.correlateMessage(message as never);
  await scene.completeNext('once');
});

test('what the starting message brings is what the case listens for', async (t) => {
  const xml = model(
    'closable',
    [
      start('start', onMessage('opened')),
      serviceTask('task', 'closable'),
      end(),
      path('start', 'task', 'end'),
      eventSubProcess(
        'closing',
        start('closed', onMessage('caseClosed')),
        end('closedEnd'),
        path('closed', 'closedEnd'),
      ),
    ],
    { messages: { opened: null, caseClosed: '=ticketNo' } },
  );
  await scene.deploy({ 'closable.bpmn': xml });
  await scene.publish('opened', 'T-9', { ticketNo: 'T-9' });
  const job = await scene.job('closable');
  t.deepEqual(await scene.incidents(job.processInstanceKey), []);
  await scene.publish('caseClosed', 'T-9');
  t.is(await scene.state(job.processInstanceKey), 'COMPLETED');
});

test('a message without a correlation key starts an instance each time', async (t) => {
  await scene.deploy({ 'f.bpmn': started('free', 'free') });
  await scene.publish('free', '');
  await scene.publish('free', '');
  t.is((await scene.jobs('free')).length, 2);
});

test('only the newest version is started by a message', async (t) => {
  await scene.deploy({ 'n.bpmn': started('newest', 'oldName') });
  await scene.deploy({ 'n.bpmn': started('newest', 'newName') });
  await scene.publish('oldName', 'k');
  await scene.publish('newName', 'k');
  const jobs = await scene.jobs('newest');
  t.is(jobs.length, 1);
});

test('a key that is null when the element is entered is an incident', async (t) => {
  const key = await scene.run('keyless', waiting('keyless', 'keyless'));
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  t.regex(incident!.errorMessage, /Failed to extract the correlation key for 'no'/);
});

test('waiting instances are found by their message', async (t) => {
  const key = await scene.run('found', waiting('found', 'found'), { no: 'F-1' });
  const found = await scene.client.searchMessageSubscriptions(
    { filter: { processInstanceKey: key } } as never,
    scene.now,
  );
  t.like(found.items[0], {
    messageName: 'found',
    correlationKey: 'F-1',
    messageSubscriptionState: 'CREATED',
    elementId: 'wait',
  } as never);
  await scene.publish('found', 'F-1');
  const correlated = await scene.client.searchCorrelatedMessageSubscriptions(
    { filter: { processInstanceKey: key } } as never,
    scene.now,
  );
  t.like(correlated.items[0], { messageName: 'found', correlationKey: 'F-1' } as never);
});

test('a signal that nobody waits for is heard by nobody', async (t) => {
  const { signalKey } = await scene.client.broadcastSignal({ signalName: 'fire' } as never);
  t.regex(String(signalKey), /^\d+$/);
});

test('of two messages that were there before the gateway only one is taken, and nothing else is waited for any more', async (t) => {
  const xml = model(
    'both',
    [
      start(),
      element('eventBasedGateway', 'gateway'),
      catchEvent('one', onMessage('one')),
      catchEvent('two', onMessage('two')),
      end(),
      path('start', 'gateway', 'one', 'end') + path('gateway', 'two', 'end'),
    ],
    { messages: { one: '=no', two: '=no' } },
  );
  await scene.deploy({ 'both.bpmn': xml });
  for (const name of ['one', 'two']) await scene.publish(name, 'B-1', {}, { timeToLive: 60_000 });
  const key = await scene.create('both', { no: 'B-1' });
  t.is(await scene.state(key), 'COMPLETED');
  const opened = await scene.client.searchMessageSubscriptions(
    { filter: { processInstanceKey: key } } as never,
    scene.now,
  );
  t.deepEqual(
    opened.items.map((item) => `${item.messageName}:${item.messageSubscriptionState}`),
    ['one:CORRELATED', 'two:DELETED'],
  );
});

test('a case that is closed by a message that was there before it hears no second one', async (t) => {
  const closing = (id: string, name: string) =>
    eventSubProcess(
      id,
      start(`${id}0`, onMessage(name)),
      serviceTask(`${id}1`, id),
      end(`${id}2`),
      path(`${id}0`, `${id}1`, `${id}2`),
    );
  const xml = model(
    'shut',
    [
      start(),
      serviceTask('task', 'shut'),
      end(),
      path('start', 'task', 'end'),
      closing('shutA', 'shutA'),
      closing('shutB', 'shutB'),
    ],
    { messages: { shutA: '=no', shutB: '=no' } },
  );
  await scene.deploy({ 'shut.bpmn': xml });
  await scene.publish('shutA', 'S-1', {}, { timeToLive: 60_000 });
  const key = await scene.create('shut', { no: 'S-1' });
  await scene.publish('shutB', 'S-1');
  await scene.noJob(t, 'shutB');
  await scene.completeNext('shutA');
  t.is(await scene.state(key), 'COMPLETED');
});
