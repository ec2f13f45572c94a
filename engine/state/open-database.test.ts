import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import Database from 'better-sqlite3';
import { EngineClock } from '../clock.ts';
import type { Engine } from '../engine.ts';
import { openEngine } from '../open-engine.ts';
import { invariants } from '../testing/invariants.ts';
import { schemaSteps } from './schema-steps.ts';

const hour = 3_600_000;
/** When the first version of the engine stopped that wrote the fixture. */
const stoppedAt = Date.UTC(2026, 0, 1);

function newFile(t: ExecutionContext) {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-database-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'engine.sqlite');
}

/** What the first version wrote, with instances in the middle of everything that it knew. */
function fileOfFormat1(t: ExecutionContext) {
  const file = newFile(t);
  const db = new Database(file);
  db.exec(readFileSync(new URL('../testing/fixtures/format-1.sql', import.meta.url), 'utf8'));
  t.is(db.pragma('user_version', { simple: true }), 1);
  db.close();
  return file;
}

async function work(engine: Engine, type: string, variables = {}) {
  const jobs = await engine.activateJobs({ type, worker: 'new', timeoutMs: hour, maxJobs: 50, requestTimeoutMs: -1 });
  for (const { jobKey } of jobs) await engine.execute({ type: 'job.complete', jobKey, variables });
  return jobs.length;
}

test('a database of the first version is brought up to date, and what ran in it goes on to its end', async (t) => {
  const file = fileOfFormat1(t);
  const clock = new EngineClock();
  clock.pin(stoppedAt);
  const engine = openEngine({ file, clock });
  const db = new Database(file, { readonly: true });
  t.teardown(async () => {
    db.close();
    await engine.close();
  });
  const open = () => {
    const sql = `SELECT d.process_id FROM process_instance p JOIN process_definition d ON d.key = p.process_definition_key
      WHERE p.state = 'ACTIVE' ORDER BY d.process_id`;
    return db.prepare(sql).pluck().all();
  };
  const broken = () => Object.keys(invariants).filter((name) => db.prepare(invariants[name]!).pluck().get() !== 0);
  t.is(db.pragma('user_version', { simple: true }), 1 + schemaSteps.length);
  t.is(open().length, 12);
  t.deepEqual(broken(), []);
  const lastKey = db.prepare('SELECT max(key) FROM process_instance').pluck().get() as number;

  // what the old version had given to workers comes back with its deadline, what had failed when it is mended
  t.is(await work(engine, 'old-work', { answer: 'new' }), 3, 'the called instances');
  const incidents = `SELECT i.key, i.job_key AS jobKey, i.process_instance_key AS scopeKey FROM incident i WHERE state = 'ACTIVE'`;
  for (const { key, jobKey, scopeKey } of db.prepare(incidents).all() as Record<string, number>[]) {
    if (jobKey !== null) await engine.execute({ type: 'job.update', jobKey: jobKey!, retries: 1 });
    else await engine.execute({ type: 'variables.set', scopeKey: scopeKey!, variables: { missing: 5 } });
    await engine.execute({ type: 'incident.resolve', incidentKey: key! });
  }
  t.is(await work(engine, 'old-work', { answer: 'mended' }), 1);
  for (const type of ['old-aside', 'old-one', 'old-begun']) t.is(await work(engine, type), 1, type);
  t.is((await work(engine, 'old-x')) + (await work(engine, 'old-y')), 1, 'the chosen branch of the inclusive gateway');
  const task = db.prepare(`SELECT key FROM user_task WHERE state = 'CREATED'`).pluck().get() as number;
  const completed = engine.execute({ type: 'user-task.complete', userTaskKey: task });
  t.is(await engine.execute({ type: 'clock.pin', timestampMs: stoppedAt }).then(() => work(engine, 'old-listen')), 1);
  await completed;
  await engine.execute({ type: 'message.publish', name: 'paid', correlationKey: 'old-events' });
  t.deepEqual(open(), ['old-job', 'old-wait']);
  t.deepEqual(broken(), []);
  await engine.execute({ type: 'clock.pin', timestampMs: stoppedAt + hour });
  t.deepEqual(open(), [], 'the timers that the old version had set have fired, its buffered message came');
  const outcomes = db.prepare(
    `SELECT name, value FROM variable WHERE name IN ('discount', 'results', 'paid') ORDER BY name`,
  );
  t.deepEqual(outcomes.raw().all(), [
    ['discount', '10'],
    ['paid', '12'],
    ['results', '["new","new","new"]'],
  ]);
  await engine.execute({ type: 'clock.pin', timestampMs: stoppedAt + 24 * hour });
  const cycle = db.prepare(`SELECT count(*) FROM process_instance_view WHERE process_definition_id = 'old-cycle'`);
  t.is(cycle.pluck().get(), 1);
  const created = await engine.execute({
    type: 'process-instance.create',
    processDefinitionId: 'old-job',
    variables: { n: 1 },
  });
  t.true(created.processInstanceKey > lastKey, 'keys go on where they were');
  t.deepEqual(broken(), []);
});

test('a start that is cut off while the tables are brought up to date leaves the file as it was', (t) => {
  const file = fileOfFormat1(t);
  const db = new Database(file);
  // a table of that name stands in the way of the first step that makes one
  const made = schemaSteps
    .map(({ sql }) => /CREATE (?:TABLE|INDEX) (\w+)/.exec(sql)?.[1])
    .find((name) => name !== undefined);
  if (made === undefined) return t.pass('no step makes anything yet');
  db.exec(`CREATE TABLE ${made} (in_the_way INTEGER)`);
  db.close();
  // SQLite's errors are no native ones
  const failure = t.throws(() => openEngine({ file }), { any: true }) as Error;
  t.regex(failure.message, /already exists|there is already/);
  const after = new Database(file, { readonly: true });
  t.is(after.pragma('user_version', { simple: true }), 1);
  t.is(after.prepare('SELECT count(*) FROM process_instance_view').pluck().get(), 13, 'the old views are there');
  after.close();
});

test('a database of a newer engine is refused with a sentence', (t) => {
  const file = newFile(t);
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  t.throws(() => openEngine({ file }), {
    message: /^The database \S+ was written by a newer version of the engine \(format 999, [^\n]+$/,
  });
});
