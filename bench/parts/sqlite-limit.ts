import path from 'node:path';
import type Database from 'better-sqlite3';
import { openDatabase } from '../../engine/state/open-database.ts';
import { inFolder } from './folder.ts';

export interface SqliteLimit {
  /** Synced commits of one row. */
  commitsPerSecond: number;
  /** Rows of `element_instance` in one transaction, its indexes included. */
  rowsPerSecond: number;
  /** The rows that an instance of two tasks needs, by bare statements, so many instances to a commit. */
  instancesPerSecond: Record<string, number>;
}

const measuredMs = 1500;

/** What SQLite can do here at best, on the engine's own tables. */
export function measureSqlite(): Promise<SqliteLimit> {
  return inFolder(async (folder) => {
    const db = openDatabase(path.join(folder, 'limit.sqlite'));
    let key = 1;
    const element = insert(db, 'element_instance', {
      process_instance_key: 1,
      scope_key: 1,
      element_ref: 1,
      flow_ref: 2,
      state: 'COMPLETED',
      phase: 4,
      children: 0,
      started_at: Date.now(),
      ended_at: Date.now(),
    });
    const meta = db.prepare(`INSERT OR REPLACE INTO engine_meta VALUES ('bench', ?)`);
    const commitsPerSecond = perSecond(() => meta.run(key++));
    db.exec('BEGIN');
    const rowsPerSecond = perSecond(() => element(key++));
    db.exec('COMMIT');
    const instancesPerSecond: Record<string, number> = {};
    const bare = bareInstance(db, () => ++key);
    for (const share of [8, 32, 128]) {
      const batch = db.transaction(() => {
        for (let index = 0; index < share; index++) bare();
      });
      instancesPerSecond[share] = share * perSecond(batch);
    }
    db.close();
    return { commitsPerSecond, rowsPerSecond, instancesPerSecond };
  });
}

/** Times one after the other, so that the peers of a run meet the same disk. */
function perSecond(body: () => unknown): number {
  let done = 0;
  const startedAt = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < measuredMs) {
    body();
    done++;
    elapsedMs = performance.now() - startedAt;
  }
  return (done / elapsedMs) * 1000;
}

/** Ten rows are made and six changed, what an engine that keeps its history can't do without. */
function bareInstance(db: Database.Database, next: () => number): () => void {
  const at = Date.now();
  const instance = insert(db, 'process_instance', {
    process_definition_key: 1,
    element_ref: 1,
    root_key: 1,
    state: 'ACTIVE',
    phase: 1,
    children: 1,
    started_at: at,
    depth: 1,
  });
  const shared = { process_instance_key: 1, scope_key: 1, element_ref: 1 };
  const open = { ...shared, state: 'ACTIVE', phase: 1, children: 0, started_at: at, job_key: 1 };
  const task = insert(db, 'element_instance', open);
  const event = insert(db, 'element_instance', { ...open, state: 'COMPLETED', phase: 4, ended_at: at });
  const [amount, answer] = ['amount', 'answer'].map((name) =>
    insert(db, 'variable', { process_instance_key: 1, scope_key: 1, name, value: '2' }),
  );
  const job = insert(db, 'job', {
    type: 'first',
    kind: 'BPMN_ELEMENT',
    listener_event: 'UNSPECIFIED',
    state: 'CREATED',
    phase: 1,
    retries: 3,
    due_at: at,
    worker: 'bench',
    process_instance_key: 1,
    element_instance_key: 1,
    element_ref: 1,
    created_at: at,
  });
  const ends = (table: string) => {
    const statement = db.prepare(`UPDATE ${table} SET state = 'COMPLETED', phase = 4, ended_at = ? WHERE key = ?`);
    return (key: number) => statement.run(at, key);
  };
  const [instanceEnds, taskEnds, jobEnds] = [ends('process_instance'), ends('element_instance'), ends('job')];
  return () => {
    const root = next();
    instance(root);
    amount!(next(), root);
    event(next(), root);
    for (let tasks = 0; tasks < 2; tasks++) {
      const [taskKey, jobKey] = [next(), next()];
      task(taskKey, root);
      job(jobKey, root);
      jobEnds(jobKey);
      taskEnds(taskKey);
      event(next(), root);
    }
    answer!(next(), root);
    instanceEnds(root);
  };
}

/** `INSERT` of constant values; the key and, where the table has it, the process instance are left open. */
function insert(db: Database.Database, table: string, row: Record<string, string | number>) {
  const names = Object.keys(row);
  const open = names.includes('process_instance_key');
  const values = names.map((name) =>
    name === 'process_instance_key' ? '?' : typeof row[name] === 'string' ? `'${row[name]}'` : row[name],
  );
  const statement = db.prepare(`INSERT INTO ${table} (key, ${names.join(', ')}) VALUES (?, ${values.join(', ')})`);
  return (key: number, processInstanceKey = key) =>
    open ? statement.run(key, processInstanceKey) : statement.run(key);
}
