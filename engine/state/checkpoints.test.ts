import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { openEngine } from '../open-engine.ts';
import { end, model, path as flows, serviceTask, start } from '../testing/model.ts';

const process = model('large', [start(), serviceTask('task', 'work'), end(), flows('start', 'task', 'end')]);

test('a long log is copied into the database beside the commits and begins anew; a closed engine leaves none', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-checkpoints-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'engine.sqlite');
  const engine = openEngine({ file });
  const content = new TextEncoder().encode(process);
  await engine.execute({ type: 'deployment.create', resources: [{ name: 'large.bpmn', content }] });
  const variables = { text: 'x'.repeat(1_000_000) };
  const create = () => engine.execute({ type: 'process-instance.create', processDefinitionId: 'large', variables });
  const db = new Database(file, { readonly: true });
  const look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  const pages = () => look.get() as { log: number; checkpointed: number };

  // 20 MB are worth a checkpoint, and far from where a commit would carry one
  let instances = 0;
  const createOne = async () => {
    instances++;
    await create();
  };
  while (instances < 20) await createOne();
  while (pages().checkpointed < pages().log) {
    await createOne();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await createOne();
  t.true(pages().log < 2000, 'the log begins anew');
  t.is(db.prepare('SELECT count(*) FROM process_instance').pluck().get(), instances);

  db.close();
  await engine.close();
  t.false(existsSync(`${file}-wal`), 'nobody else holds the database');
});
