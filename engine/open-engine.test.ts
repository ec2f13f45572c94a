import test from 'ava';
import { end, model, path as flows, serviceTask, start } from './testing/model.ts';
import { openEngine } from './open-engine.ts';

const ticket = model('ticket', [
  start(),
  serviceTask('first', 'first'),
  serviceTask('second', 'second'),
  end(),
  flows('start', 'first', 'second', 'end'),
]);

test('more commands than the queue takes are refused, and the engine goes on', async (t) => {
  const engine = openEngine({ file: ':memory:', settings: { maxQueuedCommands: 10 } });
  t.teardown(() => engine.close());
  const outcomes = await Promise.allSettled(
    Array.from({ length: 15 }, () => engine.execute({ type: 'signal.broadcast', signalName: 'x' })),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  t.is(refused.length, 5);
  t.is((refused[0]!.reason as { type: string }).type, 'RESOURCE_EXHAUSTED');
  await t.notThrowsAsync(() => engine.execute({ type: 'signal.broadcast', signalName: 'x' }));
});

test('a closed engine ends its polls and refuses commands', async (t) => {
  const engine = openEngine({ file: ':memory:' });
  const poll = engine.activateJobs({ type: 'x', worker: 'w', timeoutMs: 1000, maxJobs: 1, requestTimeoutMs: 60_000 });
  await engine.execute({ type: 'clock.reset' });
  t.is(engine.status().openPolls, 1);
  await engine.close();
  t.deepEqual(await poll, []);
  await t.throwsAsync(() => engine.execute({ type: 'clock.reset' }), { message: /shutting down/ });
});

test('a worker that goes away takes no job along', async (t) => {
  const engine = openEngine({ file: ':memory:' });
  t.teardown(() => engine.close());
  const content = new TextEncoder().encode(ticket);
  await engine.execute({ type: 'deployment.create', resources: [{ name: 'ticket.bpmn', content }] });
  const gone = new AbortController();
  const request = { type: 'first', worker: 'w', timeoutMs: 60_000, maxJobs: 5 };
  const poll = engine.activateJobs(request, gone.signal);
  gone.abort();
  t.deepEqual(await poll, []);
  await engine.execute({ type: 'process-instance.create', processDefinitionId: 'ticket' });
  t.is((await engine.activateJobs(request)).length, 1);
});
