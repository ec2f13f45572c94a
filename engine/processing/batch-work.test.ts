import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import test from 'ava';
import type { Engine } from '../engine.ts';
import { openEngine } from '../open-engine.ts';
import type { EngineSettings } from '../settings.ts';
import { end, model, path as flows, serviceTask, start } from '../testing/model.ts';

const settings = { batchOperationDelayMs: 0, batchOperationChunkItems: 10 };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function prepare(file: string, count: number, more: Partial<EngineSettings> = {}): Promise<Engine> {
  const engine = openEngine({ file, settings: { ...settings, ...more } });
  const xml = model('many', [start(), serviceTask('task', 'many'), end(), flows('start', 'task', 'end')]);
  const resources = [{ name: 'many.bpmn', content: new TextEncoder().encode(xml) }];
  await engine.execute({ type: 'deployment.create', resources });
  await Promise.all(Array.from({ length: count }, () => create(engine)));
  return engine;
}

const create = (engine: Engine) => engine.execute({ type: 'process-instance.create', processDefinitionId: 'many' });

const cancelAll = (engine: Engine, before: number) =>
  engine.execute({
    type: 'batch-operation.create',
    plan: { type: 'CANCEL_PROCESS_INSTANCE' },
    selection: { condition: 'process_definition_id = ? AND process_instance_key < ?', parameters: ['many', before] },
  });

test('5,000 instances are canceled while new ones go on being started, and no start waits for the whole', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-batch-'));
  const file = path.join(folder, 'engine.sqlite');
  const engine = await prepare(file, 5000);
  const db = new Database(file, { readonly: true });
  const batch = db.prepare('SELECT state, total, completed, failed FROM batch_operation');
  const { batchOperationKey } = await cancelAll(engine, Number.MAX_SAFE_INTEGER);
  // the filter names those that were there by then; what is started from now on has a larger key
  let started = 0;
  let slowestMs = 0;
  const progress = new Set<number>();
  while ((batch.get() as { state: string }).state !== 'COMPLETED') {
    const startedAt = performance.now();
    await create(engine);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    started++;
    progress.add((batch.get() as { completed: number }).completed);
  }
  const { total, completed, failed } = batch.get() as { total: number; completed: number; failed: number };
  t.is(completed, total);
  t.is(failed, 0);
  t.true(total >= 5000);
  t.true(started > 20, `only ${started} instances were started meanwhile`);
  t.true(progress.size > 20, 'the work was not done piece by piece');
  t.true(slowestMs < 2000, `a start waited ${slowestMs} ms`);
  const active = db.prepare(`SELECT count(*) FROM process_instance WHERE state = 'ACTIVE'`).pluck().get();
  t.is(active, 5000 + started - total);
  t.is(db.prepare('SELECT count(*) FROM batch_operation_item WHERE state <> ?').pluck().get('COMPLETED'), 0);
  t.true(batchOperationKey > 0);
  db.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a batch goes on where it was after a kill -9', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-batch-'));
  const file = path.join(folder, 'engine.sqlite');
  const engine = await prepare(file, 2000, { batchOperationDelayMs: 60_000 });
  await cancelAll(engine, Number.MAX_SAFE_INTEGER);
  await engine.close();
  const count = (sql: string) => {
    const db = new Database(file, { readonly: true });
    const value = db.prepare(sql).pluck().get() as number;
    db.close();
    return value;
  };
  const args = ['--import', 'tsx', 'engine/main.ts', '--rest-port', '0', '--data', folder];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  while (count('SELECT completed FROM batch_operation') < 50) await wait(5);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  const left = count(`SELECT count(*) FROM batch_operation_item WHERE state = 'ACTIVE'`);
  t.true(left > 0, 'the batch was over before the kill');
  t.is(
    count('SELECT completed FROM batch_operation'),
    count(`SELECT count(*) FROM process_instance WHERE state = 'TERMINATED'`),
  );
  const again = openEngine({ file, settings });
  while (count(`SELECT state = 'COMPLETED' FROM batch_operation`) === 0) await wait(5);
  t.is(count('SELECT completed FROM batch_operation'), 2000);
  t.is(count(`SELECT count(*) FROM process_instance WHERE state = 'TERMINATED'`), 2000);
  t.is(count('SELECT failed FROM batch_operation'), 0);
  await again.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an instance that cannot be canceled or deleted is set aside with its reason, the others go on', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-poison-'));
  const file = path.join(folder, 'engine.sqlite');
  const engine = await prepare(file, 4);
  const db = new Database(file);
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  const first = count('SELECT min(key) FROM process_instance');
  const batch = async (type: 'CANCEL_PROCESS_INSTANCE' | 'DELETE_PROCESS_INSTANCE') => {
    const { batchOperationKey } = await engine.execute({
      type: 'batch-operation.create',
      plan: { type },
      selection: { condition: 'process_definition_id = ?', parameters: ['many'] },
    });
    while (count(`SELECT count(*) FROM batch_operation WHERE state <> 'COMPLETED'`) > 0) await wait(5);
    const sql = `SELECT error_message FROM batch_operation_item WHERE batch_operation_key = ? AND state = 'FAILED'`;
    return db.prepare(sql).pluck().all(batchOperationKey);
  };
  // the database itself refuses one row
  db.exec(`CREATE TRIGGER poison BEFORE UPDATE ON job WHEN old.process_instance_key = ${first}
    BEGIN SELECT raise(ABORT, 'poisoned'); END`);
  t.deepEqual(await batch('CANCEL_PROCESS_INSTANCE'), [
    'INTERNAL_ERROR: The command failed unexpectedly; nothing of it has been written',
  ]);
  t.is(count(`SELECT count(*) FROM process_instance WHERE state = 'ACTIVE'`), 1);
  db.exec('DROP TRIGGER poison');
  t.deepEqual(await batch('CANCEL_PROCESS_INSTANCE'), []);

  db.exec(`CREATE TRIGGER poison BEFORE DELETE ON job WHEN old.process_instance_key = ${first}
    BEGIN SELECT raise(ABORT, 'poisoned'); END`);
  t.is((await batch('DELETE_PROCESS_INSTANCE')).length, 1);
  t.is(count('SELECT count(*) FROM process_instance'), 1);
  await create(engine);
  await batch('CANCEL_PROCESS_INSTANCE');
  await engine.close();

  const hour = 3_600_000;
  const cleaning = openEngine({ file, settings: { ...settings, historyRetentionMs: hour } });
  await cleaning.execute({ type: 'clock.pin', timestampMs: Date.now() + 2 * hour });
  while (count('SELECT count(*) FROM job') > 1 || count('SELECT count(*) FROM process_instance') > 0) await wait(5);
  const { commits } = cleaning.status();
  await wait(200);
  t.true(cleaning.status().commits - commits < 5, 'it does not try for ever');
  t.deepEqual(db.prepare('SELECT process_instance_key FROM history_deletion').pluck().all(), [first]);
  db.exec('DROP TRIGGER poison');
  await cleaning.close();
  const again = openEngine({ file, settings });
  await create(again);
  while (count('SELECT count(*) FROM history_deletion') > 0) await wait(5);
  db.close();
  await again.close();
  rmSync(folder, { recursive: true, force: true });
});
