import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { startEngineProcess } from './testing/engine-process.ts';
import { end, model, path as flows, serviceTask, start } from './testing/model.ts';
import { openEngine } from './open-engine.ts';

const ticket = model('ticket', [
  start(),
  serviceTask('first', 'first'),
  serviceTask('second', 'second'),
  end(),
  flows('start', 'first', 'second', 'end'),
]);

async function post(address: string, where: string, body: unknown) {
  const response = await fetch(`${address}/v2${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
}

async function deployTo(address: string) {
  const form = new FormData();
  form.append('resources', new File([ticket], 'ticket.bpmn'));
  const response = await fetch(`${address}/v2/deployments`, { method: 'POST', body: form });
  if (!response.ok) throw new Error(await response.text());
}

interface Acknowledged {
  created: string[];
  completed: string[];
}

/** Creates instances and completes their jobs as fast as it can, until the engine is gone. */
async function load(address: string, acknowledged: Acknowledged, serial: () => number) {
  const create = async () => {
    for (;;) {
      const n = serial();
      await post(address, '/process-instances', { processDefinitionId: 'ticket', variables: { n } });
      acknowledged.created.push(String(n));
    }
  };
  const work = async (type: string) => {
    for (;;) {
      const answer = await post(address, '/jobs/activation', {
        type,
        timeout: 600_000,
        maxJobsToActivate: 10,
        requestTimeout: 1000,
      });
      for (const { jobKey } of answer!.jobs as { jobKey: string }[]) {
        await post(address, `/jobs/${jobKey}/completion`, {});
        acknowledged.completed.push(jobKey);
      }
    }
  };
  const clients = [create(), create(), create(), work('first'), work('first'), work('second')];
  await Promise.allSettled(clients);
}

test('what the engine has acknowledged has happened, once, though it is killed in the middle of its work', async (t) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-killed-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const acknowledged: Acknowledged = { created: [], completed: [] };
  let n = 0;
  for (let round = 1; round <= 3; round++) {
    const engine = await startEngineProcess(dataDir);
    if (round === 1) await deployTo(engine.address);
    const finished = load(engine.address, acknowledged, () => ++n);
    const enough = round * 80;
    while (acknowledged.created.length < enough || acknowledged.completed.length < enough) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await engine.kill();
    await finished;
  }
  const db = new Database(path.join(dataDir, 'engine.sqlite'), { readonly: true });
  t.teardown(() => db.close());
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
  const started = db.prepare(`SELECT value FROM variable WHERE name = 'n'`).pluck().all() as string[];
  t.is(new Set(started).size, started.length, 'no instance was made twice');
  const known = new Set(started);
  t.deepEqual(
    acknowledged.created.filter((value) => !known.has(value)),
    [],
    'no acknowledged instance is lost',
  );
  const state = db.prepare('SELECT state FROM job WHERE key = ?').pluck();
  t.deepEqual(
    acknowledged.completed.filter((key) => state.get(Number(key)) !== 'COMPLETED'),
    [],
    'no acknowledged completion is lost',
  );
  t.is(new Set(acknowledged.completed).size, acknowledged.completed.length, 'no job was completed twice');
  // every instance is exactly where its jobs say it is
  const twice = db
    .prepare(
      'SELECT count(*) FROM (SELECT 1 FROM element_instance GROUP BY process_instance_key, element_ref HAVING count(*) > 1)',
    )
    .pluck()
    .get();
  t.is(twice, 0, 'no step was taken twice');
  const open = db.prepare(`SELECT count(*) FROM process_instance WHERE state = 'ACTIVE'`).pluck().get();
  const openJobs = db.prepare('SELECT count(*) FROM job WHERE phase < 4').pluck().get();
  t.is(openJobs, open, 'every instance that goes on waits for one job');
});

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
