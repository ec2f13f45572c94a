import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import Database from 'better-sqlite3';
import { backup, restore } from './backup.ts';
import { readSettings } from './settings-table.ts';
import { EngineClient } from './testing/engine-client.ts';
import { startEngineProcess } from './testing/engine-process.ts';
import { end, model, path as flows, serviceTask, start } from './testing/model.ts';
import { startEngineThread } from './thread.ts';

function folder(t: ExecutionContext) {
  const made = mkdtempSync(path.join(tmpdir(), 'engine-backup-'));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** `npm run engine -- …` without npm. */
function engineCommand(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'engine/main.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, output: (stdout + stderr).trim() };
}

const ticket = model('ticket', [start(), serviceTask('work', 'work'), end(), flows('start', 'work', 'end')]);

test('a backup made while the engine works is one moment of it, and an engine goes on from there', async (t) => {
  const dataDir = folder(t);
  const file = path.join(folder(t), 'copy.sqlite');
  const engine = await startEngineProcess(dataDir);
  const client = new EngineClient(engine.address);
  await client.deploy({ 'ticket.bpmn': ticket });
  let created = 0;
  let stopped = false;
  const load = (async () => {
    for (; !stopped; created++)
      await client.post('/process-instances', { processDefinitionId: 'ticket', variables: { n: created } });
  })();
  while (created < 50) await new Promise((resolve) => setImmediate(resolve));
  const before = created;
  const copied = spawn(process.execPath, ['--import', 'tsx', 'engine/main.ts', 'backup', file, '--data', dataDir], {
    stdio: 'inherit',
  });
  t.is((await once(copied, 'exit'))[0], 0);
  const after = created + 1;
  stopped = true;
  await load;
  await engine.kill();

  const restored = path.join(folder(t), 'data');
  t.deepEqual(engineCommand('restore', file, '--data', restored).status, 0);
  const db = new Database(path.join(restored, 'engine.sqlite'), { readonly: true });
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
  const instances = db.prepare('SELECT count(*) FROM process_instance').pluck().get() as number;
  const jobs = db.prepare('SELECT count(*) FROM job').pluck().get();
  db.close();
  t.true(instances >= before && instances <= after, `${before} ≤ ${instances} ≤ ${after}`);
  t.is(jobs, instances, 'each instance has its job');

  const again = await startEngineProcess(restored);
  t.teardown(() => again.kill());
  const second = new EngineClient(again.address);
  const first = await second.activate('work', 1000);
  t.is(first.length, instances);
  for (const { jobKey } of first) await second.post(`/jobs/${jobKey}/completion`, {});
  const { processInstanceKey } = await second.post('/process-instances', { processDefinitionId: 'ticket' });
  t.true(
    first.every((job) => job.processInstanceKey !== processInstanceKey),
    'its keys go on',
  );
});

test('documents are in the backup and come back with it', async (t) => {
  const dataDir = folder(t);
  const file = path.join(folder(t), 'copy.sqlite');
  const engine = await startEngineProcess(dataDir);
  const store = async (address: string, text: string) => {
    const form = new FormData();
    form.set('file', new File([text], 'note.txt', { type: 'text/plain' }));
    const answer = await fetch(`${address}/v2/documents`, { method: 'POST', body: form });
    t.is(answer.status, 201);
    return (await answer.json()) as { documentId: string; contentHash: string };
  };
  const kept = await store(engine.address, 'kept');
  backup(dataDir, file);
  const later = await store(engine.address, 'later');
  await engine.kill();

  const restored = path.join(folder(t), 'data');
  restore(file, restored);
  const db = new Database(path.join(restored, 'engine.sqlite'), { readonly: true });
  t.is(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'backup%'`).pluck().get(), 0);
  db.close();
  const again = await startEngineProcess(restored);
  t.teardown(() => again.kill());
  const read = ({ documentId, contentHash }: typeof kept) =>
    fetch(`${again.address}/v2/documents/${documentId}?contentHash=${contentHash}`);
  const found = await read(kept);
  t.is(found.status, 200);
  t.is(await found.text(), 'kept');
  t.is((await read(later)).status, 404);
});

test('what cannot be backed up or restored gets one sentence', async (t) => {
  const [empty, dataDir, place] = [folder(t), folder(t), folder(t)];
  await (await startEngineThread({ dataDir })).stop();
  const taken = path.join(place, 'taken');
  writeFileSync(taken, 'precious');
  const refusals: [() => void, RegExp][] = [
    [() => backup(dataDir, taken), /^\S+taken exists already and is not overwritten: choose another place\.$/],
    [
      () => backup(empty, path.join(place, 'x')),
      /^There is no engine's database in \S+: choose its folder with --data\.$/,
    ],
    [
      () => backup(dataDir, path.join(place, 'no', 'x')),
      /^The backup could not be written to \S+ \([^\n]+\): nothing was kept\.$/,
    ],
    [() => restore(taken, empty), /^\S+taken is not a sound backup of the engine \([^\n]+\)\.$/],
    [() => restore(path.join(place, 'none'), empty), /^There is no file \S+none\.$/],
    [() => restore(path.join(dataDir, 'engine.sqlite'), dataDir), /exists already and is not overwritten/],
    [
      () => readSettings({ 'max-open-polls': 'many' }, {}),
      /^--max-open-polls must be a whole number above zero, not many\.$/,
    ],
  ];
  for (const [act, message] of refusals) t.throws(act, { message });
  t.deepEqual(readdirSync(place), ['taken']);
  t.deepEqual(engineCommand('backup'), {
    status: 1,
    output: `Expected 'backup FILE' or 'restore FILE', not 'backup'.`,
  });
});
