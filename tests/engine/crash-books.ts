import Database from 'better-sqlite3';
import type { ExecutionContext } from 'ava';
import { invariants } from '../../engine/testing/invariants.ts';
import type { Acknowledged } from './crash-load.ts';
import { blobOf, stepsOfMixed } from './crash-models.ts';

type Of<O extends Acknowledged['op']> = Extract<Acknowledged, { op: O }>;

/** Compares what was acknowledged with what the database holds after the last kill, when everything has ended. */
export function checkBooks(t: ExecutionContext, file: string, acknowledged: Acknowledged[]): void {
  const db = new Database(file, { readonly: true });
  t.teardown(() => db.close());
  const of = <O extends Acknowledged['op']>(op: O) => acknowledged.filter((line): line is Of<O> => line.op === op);
  const count = (sql: string) => db.prepare(sql).pluck().get();
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
  for (const [name, sql] of Object.entries(invariants)) t.is(count(sql), 0, name);

  instances(t, db, of('create'), of('cancel'));
  jobsAndTasks(t, db, of('job'), of('task'));
  messages(t, db, of('message'));
  variables(t, db, of('set'));
  batches(t, db, of('batch'));
  const deployed = db.prepare(`SELECT 1 FROM element WHERE element_id = ?`).pluck();
  const lost = of('deploy').filter(({ version }) => deployed.get(`step${version}`) === undefined);
  t.deepEqual(lost, [], 'no acknowledged deployment is lost');
  t.is(count(repeatedKeys), 0, 'no key was given twice');
}

/** Keys of everything that gets one; an instance of a process and its elements never share one. */
const keyedTables = 'process_instance element_instance job user_task variable incident deployment process_definition';
const repeatedKeys = `SELECT count(*) - count(DISTINCT key) FROM (${keyedTables
  .split(' ')
  .map((table) => `SELECT key FROM ${table}`)
  .join(' UNION ALL ')})`;

function instances(t: ExecutionContext, db: Database.Database, created: Of<'create'>[], canceled: Of<'cancel'>[]) {
  t.is(new Set(created.map(({ key }) => key)).size, created.length, 'no two instances were told the same key');
  const twice = `SELECT value FROM variable WHERE name = 'n' AND scope_key = process_instance_key AND EXISTS
    (SELECT 1 FROM process_instance p WHERE p.key = scope_key AND p.parent_key IS NULL) GROUP BY value HAVING count(*) > 1`;
  t.deepEqual(db.prepare(twice).pluck().all(), [], 'no instance was made twice');
  const variable = db.prepare('SELECT value FROM variable WHERE scope_key = ? AND name = ?').pluck();
  const wrong = created.filter(({ n, key, size }) => {
    const isThere = variable.get(Number(key), 'n') === JSON.stringify(n);
    return !isThere || variable.get(Number(key), 'blob') !== JSON.stringify(blobOf(n, size));
  });
  t.deepEqual(
    wrong.map(({ n }) => n),
    [],
    'no acknowledged instance is lost, nor any part of its variables',
  );
  const state = db.prepare('SELECT state FROM process_instance WHERE key = ?').pluck();
  const goOn = canceled.filter(({ instance }) => state.get(Number(instance)) !== 'TERMINATED');
  t.deepEqual(goOn, [], 'no acknowledged cancellation is lost');

  const steps = db.prepare(
    `SELECT m.element_id AS id, m.type, e.process_instance_key AS instance, count(*) AS times,
       sum(e.state = 'COMPLETED') AS completed
     FROM element_instance e JOIN element m ON m.ref = e.element_ref
       JOIN process_instance p ON p.key = e.process_instance_key JOIN process_definition d ON d.key = p.process_definition_key
     WHERE d.process_id = 'mixed' AND p.state = 'COMPLETED' GROUP BY e.process_instance_key, e.element_ref`,
  );
  const astray: unknown[] = [];
  const entered = new Map<number, number>();
  for (const row of steps.iterate() as Iterable<{ id: string; instance: number; times: number; completed: number }>) {
    const wanted = stepsOfMixed[row.id];
    if (wanted !== undefined) entered.set(row.instance, (entered.get(row.instance) ?? 0) + 1);
    // the last repetition of the ticking timer may come too late for its instance
    else if (row.times > 3) astray.push(row);
    if (wanted !== undefined && (row.times !== wanted || row.completed !== wanted)) astray.push(row);
  }
  t.deepEqual(astray, [], 'every step was taken once, every timer fired once');
  const halves = [...entered].filter(([, elements]) => elements !== Object.keys(stepsOfMixed).length);
  t.deepEqual(halves, [], 'every completed instance took all of its steps');
  t.true(entered.size > 0, 'instances have completed');
}

function jobsAndTasks(t: ExecutionContext, db: Database.Database, jobs: Of<'job'>[], tasks: Of<'task'>[]) {
  t.is(new Set(jobs.map(({ key }) => key)).size, jobs.length, 'no completion of a job was acknowledged twice');
  t.is(new Set(tasks.map(({ key }) => key)).size, tasks.length, 'no completion of a task was acknowledged twice');
  const job = db.prepare('SELECT state FROM job WHERE key = ?').pluck();
  const left = jobs.filter(({ key }) => job.get(Number(key)) !== 'COMPLETED');
  t.deepEqual(left, [], 'no acknowledged completion of a job is lost');
  const token = db.prepare('SELECT value FROM variable WHERE process_instance_key = ? AND name = ?').pluck();
  const other = jobs.filter(
    (line) => token.get(Number(line.instance), `done_${line.key}`) !== JSON.stringify(line.token),
  );
  t.deepEqual(other, [], 'the variables of the completion that was acknowledged are those that are there');
  const task = db.prepare('SELECT state FROM user_task WHERE key = ?').pluck();
  t.deepEqual(
    tasks.filter(({ key }) => task.get(Number(key)) !== 'COMPLETED'),
    [],
    'no completed task is lost',
  );
  const repeated = `SELECT count(*) FROM (SELECT 1 FROM job GROUP BY element_instance_key HAVING count(*) > 1)`;
  t.is(db.prepare(repeated).pluck().get(), 0, 'no element made its job twice');
}

function messages(t: ExecutionContext, db: Database.Database, published: Of<'message'>[]) {
  const repeated = `SELECT count(*) FROM (SELECT 1 FROM correlated_message GROUP BY message_name, correlation_key HAVING count(*) > 1)`;
  t.is(db.prepare(repeated).pluck().get(), 0, 'no message was correlated twice');
  const begun = db
    .prepare(`SELECT 1 FROM correlated_message WHERE message_name = 'begin' AND correlation_key = ?`)
    .pluck();
  const lost = published.filter(({ id, begins }) => begins && begun.get(id.replace('begin-', '')) === undefined);
  t.deepEqual(lost, [], 'every acknowledged message has started its instance');
}

function variables(t: ExecutionContext, db: Database.Database, set: Of<'set'>[]) {
  const last = new Map<string, number>();
  for (const { instance, counter } of set) last.set(instance, Math.max(counter, last.get(instance) ?? 0));
  const found = db
    .prepare(`SELECT max(CAST(value AS INTEGER)) FROM variable WHERE scope_key = ? AND name LIKE 'counter%'`)
    .pluck();
  const older = [...last].filter(([instance, counter]) => (found.get(Number(instance)) as number) < counter);
  t.deepEqual(older, [], 'no acknowledged change of a variable is lost');
}

function batches(t: ExecutionContext, db: Database.Database, begun: Of<'batch'>[]) {
  const found = db.prepare('SELECT state, total, completed + failed AS done FROM batch_operation WHERE key = ?').raw();
  const items = db.prepare(
    `SELECT count(*) FROM batch_operation_item WHERE batch_operation_key = ? AND state <> 'ACTIVE'`,
  );
  const open = begun.filter(({ key }) => {
    const [state, total, done] = (found.get(Number(key)) ?? []) as [string, number, number];
    return state !== 'COMPLETED' || total !== done || items.pluck().get(Number(key)) !== total;
  });
  t.deepEqual(open, [], 'every acknowledged batch operation has come to its end, each of its items once');
}
