import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import Database from 'better-sqlite3';
import { EngineClient, RefusedRequest } from '../../engine/testing/engine-client.ts';
import { startEngineProcess } from '../../engine/testing/engine-process.ts';
import { invariants } from '../../engine/testing/invariants.ts';
import { catchEvent, end, model, onTimer, path as flows, serviceTask, start } from '../../engine/testing/model.ts';

const ticket = model('ticket', [
  start(),
  serviceTask('work', 'work'),
  catchEvent('nap', onTimer('PT0.1S')),
  serviceTask('rest', 'rest'),
  end(),
  flows('start', 'work', 'nap', 'rest', 'end'),
]);

function folder(t: ExecutionContext) {
  const made = mkdtempSync(path.join(tmpdir(), 'engine-disk-'));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A disk of its own; undefined with the reason when this account may not mount one. */
function smallDisk(t: ExecutionContext, megabytes: number) {
  const place = folder(t);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place], {
    encoding: 'utf8',
  });
  if (status !== 0) return { skipped: `no file system could be mounted here (${stderr.trim()})` };
  t.teardown(() => spawnSync('umount', ['-l', place]));
  return { place };
}

/** A library that makes writing or syncing fail while a file says so. */
function failingDisk(t: ExecutionContext) {
  const library = path.join(folder(t), 'failing-disk.so');
  const source = new URL('./failing-disk.c', import.meta.url).pathname;
  const { status, error, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) return { skipped: `a C compiler is needed to make writes fail (${error?.message ?? stderr})` };
  return { library, flag: path.join(path.dirname(library), 'flag') };
}

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof RefusedRequest) return error.status;
      throw error;
    },
  );

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Everything that was said to have happened is there, and everything that is there comes to its end. */
async function goesOn(t: ExecutionContext, client: EngineClient, dataDir: string, created: string[]) {
  const db = new Database(path.join(dataDir, 'engine.sqlite'), { readonly: true });
  t.teardown(() => db.close());
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
  const known = new Set(db.prepare(`SELECT value FROM variable WHERE name = 'n'`).pluck().all());
  t.deepEqual(
    created.filter((n) => !known.has(JSON.stringify(n))),
    [],
    'no acknowledged instance is lost',
  );
  const broken = () => Object.keys(invariants).filter((name) => db.prepare(invariants[name]!).pluck().get() !== 0);
  t.deepEqual(broken(), [], 'nothing is half-written');
  const active = db.prepare(`SELECT count(*) FROM process_instance WHERE state = 'ACTIVE'`).pluck();
  await until(async () => {
    for (const type of ['work', 'rest']) {
      for (const { jobKey } of await client.activate(type, 100, 50))
        await client.post(`/jobs/${jobKey}/completion`, {});
    }
    return active.get() === 0;
  });
  t.deepEqual(broken(), []);
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
}

const create = (client: EngineClient, n: string, size = 10) =>
  client.post('/process-instances', { processDefinitionId: 'ticket', variables: { n, filler: 'x'.repeat(size) } });

/** Until the engine says that it can't write any more, in many requests at once. */
async function fillUp(client: EngineClient, created: string[], size: number) {
  for (let round = 0; round < 500; round++) {
    const names = Array.from({ length: 8 }, (_, index) => `${created.length}-${round}-${index}`);
    const statuses = await Promise.all(names.map((n) => outcome(create(client, n, size))));
    created.push(...names.filter((_, index) => statuses[index] === 200));
    const refused = statuses.filter((status) => status !== 200);
    if (refused.length > 0) return refused;
  }
  throw new Error('the disk never became full');
}

test('on a full disk commands are refused whole, and with room again the engine goes on without a restart', async (t) => {
  const { place, skipped } = smallDisk(t, 60);
  if (place === undefined) return t.log(`skipped: ${skipped}`);
  const engine = await startEngineProcess(place);
  t.teardown(() => engine.kill());
  const client = new EngineClient(engine.address);
  t.teardown(() => client.close());
  await client.deploy({ 'ticket.bpmn': ticket });
  const created: string[] = [];
  const balloon = path.join(place, 'balloon');
  writeFileSync(balloon, Buffer.alloc(40_000_000));
  const refused = await fillUp(client, created, 200_000);
  t.true(
    refused.every((status) => status === 503),
    `it is busy, not broken: ${refused.join()}`,
  );
  t.is((await client.send('GET', '/actuator/health')).status, 503);
  t.is(
    (await client.send('POST', '/v2/process-instances/search', '{}', { 'content-type': 'application/json' })).status,
    200,
    'reading goes on',
  );
  rmSync(balloon);
  await until(async () => (await outcome(create(client, 'after'))) === 200);
  t.is((await client.send('GET', '/actuator/health')).status, 200);
  created.push('after');
  await goesOn(t, client, place, created);
});

for (const [call, code, what] of [
  ['write', 5, 'writing to the disk fails'],
  ['sync', 5, 'the disk does not confirm what was written'],
] as const) {
  test(`while ${what} commands are refused, and afterwards the engine goes on`, async (t) => {
    const { library, flag, skipped } = failingDisk(t);
    if (library === undefined) return t.log(`skipped: ${skipped}`);
    const dataDir = folder(t);
    const engine = await startEngineProcess(dataDir, { environment: { LD_PRELOAD: library, FAIL_DISK: flag } });
    t.teardown(() => engine.kill());
    const client = new EngineClient(engine.address);
    t.teardown(() => client.close());
    await client.deploy({ 'ticket.bpmn': ticket });
    const created: string[] = [];
    for (const n of ['a', 'b', 'c']) {
      await create(client, n);
      created.push(n);
    }
    // a timer comes due while nothing can be written: it is not lost
    const [job] = await client.activate('work', 1);
    await client.post(`/jobs/${job.jobKey}/completion`, {});
    writeFileSync(flag, `${call} ${code}`);
    for (let tries = 0; tries < 5; tries++) t.is(await outcome(create(client, `no-${tries}`)), 500);
    t.is((await client.send('GET', '/actuator/health')).status, 503);
    rmSync(flag);
    await until(async () => (await outcome(create(client, 'after'))) === 200);
    created.push('after');
    const db = new Database(path.join(dataDir, 'engine.sqlite'), { readonly: true });
    const refused = db.prepare(`SELECT count(*) FROM variable WHERE name = 'n' AND value LIKE '"no-%'`).pluck().get();
    db.close();
    t.is(refused, 0, 'what was refused has not happened');
    await goesOn(t, client, dataDir, created);
  });
}

/** Kills the engine in the middle of its work and gives what it had acknowledged. */
async function killed(t: ExecutionContext, dataDir: string) {
  const engine = await startEngineProcess(dataDir);
  const client = new EngineClient(engine.address);
  await client.deploy({ 'ticket.bpmn': ticket });
  const created: string[] = [];
  const loads = Array.from({ length: 4 }, async (_, load) => {
    for (let n = 0; ; n++) {
      await create(client, `${load}-${n}`, 3000);
      created.push(`${load}-${n}`);
    }
  });
  const ended = Promise.allSettled(loads);
  await until(async () => created.length > 60);
  await engine.kill();
  await ended;
  client.close();
  t.true(statSync(path.join(dataDir, 'engine.sqlite-wal')).size > 0);
  return created;
}

test('a write that the power cut off leaves a torn tail in the log: nothing acknowledged is lost', async (t) => {
  const killedDir = folder(t);
  const created = await killed(t, killedDir);
  for (const tear of ['half a frame', 'rubbish', 'zeros'] as const) {
    const dataDir = folder(t);
    for (const name of ['engine.sqlite', 'engine.sqlite-wal'])
      copyFileSync(path.join(killedDir, name), path.join(dataDir, name));
    const log = path.join(dataDir, 'engine.sqlite-wal');
    const size = validBytes(log);
    truncateSync(log, size);
    const tail = {
      'half a frame': readFileSync(log).subarray(32, 32 + 2000),
      rubbish: Buffer.alloc(9000, 0xa5),
      zeros: Buffer.alloc(9000),
    };
    const descriptor = openSync(log, 'r+');
    writeSync(descriptor, tail[tear], 0, tail[tear].length, size);
    closeSync(descriptor);
    const engine = await startEngineProcess(dataDir);
    const client = new EngineClient(engine.address);
    await goesOn(t, client, dataDir, created);
    await engine.kill();
    client.close();
  }
});

/** Where the last commit of the log ends (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). */
function validBytes(log: string) {
  const bytes = readFileSync(log);
  const frame = 24 + bytes.readUInt32BE(8);
  const salts = bytes.subarray(16, 24);
  let end = 32;
  for (let at = 32; at + frame <= bytes.length && bytes.subarray(at + 8, at + 16).equals(salts); at += frame) {
    // a commit says how many pages the database has from then on
    if (bytes.readUInt32BE(at + 4) !== 0) end = at + frame;
  }
  return end;
}

test('a log that has lost its end, commits and all, still opens to a whole state, and its keys go on', async (t) => {
  const dataDir = folder(t);
  const created = await killed(t, dataDir);
  const log = path.join(dataDir, 'engine.sqlite-wal');
  // a disk that lied about its syncs: what it lost is lost, but nothing is half there
  truncateSync(log, Math.floor(validBytes(log) * 0.7));
  rmSync(path.join(dataDir, 'engine.sqlite-shm'), { force: true });
  const engine = await startEngineProcess(dataDir);
  t.teardown(() => engine.kill());
  const client = new EngineClient(engine.address);
  t.teardown(() => client.close());
  const { page } = await client.post('/process-instances/search', { page: { limit: 1 } });
  t.true(page.totalItems > 0 && page.totalItems <= created.length + 4);
  await create(client, 'after');
  await goesOn(t, client, dataDir, ['after']);
});
