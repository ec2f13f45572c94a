import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { EngineClient } from '../../engine/testing/engine-client.ts';
import { startEngineProcess, type EngineProcess } from '../../engine/testing/engine-process.ts';
import { random } from '../../engine/testing/random-model.ts';
import { checkBooks } from './crash-books.ts';
import type { Acknowledged } from './crash-load.ts';
import { begun, called, mixed, versioned } from './crash-models.ts';

/** npm run test:soak kills 200 times; CRASH_SEED=n repeats a run as far as processes can be repeated. */
const kills = Number(process.env.CRASH_KILLS ?? 4);
const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6));
const loadProcesses = 2;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const bytesOf = (files: string[]) =>
  files.reduce((bytes, file) => bytes + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);

/** Starts it again after a kill, now and then killing it while it starts. */
async function startAgain(dataDir: string, port: number, next: () => number): Promise<EngineProcess> {
  const args = ['--rest-port', String(port)];
  if (next() < 0.2) {
    const whileStarting = AbortSignal.timeout(300 + Math.floor(next() * 1500));
    const early = await startEngineProcess(dataDir, { args, killAt: whileStarting }).catch(() => undefined);
    await early?.kill();
  }
  return startEngineProcess(dataDir, { args });
}

test(`what was acknowledged has happened once, however often the engine is killed (${kills} times, seed ${seed})`, async (t) => {
  t.timeout(3_600_000);
  const next = random(seed);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-crash-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  let engine = await startEngineProcess(dataDir, { args: ['--rest-port', String(port)] });
  await new EngineClient(engine.address).deploy({
    'mixed.bpmn': mixed,
    'called.bpmn': called,
    'begun.bpmn': begun,
    'versioned.bpmn': versioned(0),
  });
  const logs = Array.from({ length: loadProcesses }, (_, index) => path.join(dataDir, `load-${index}.log`));
  const loads = logs.map((log, index) => {
    const args = [engine.address, `s${seed}p${index}`, String(seed + index), log];
    return fork(new URL('./crash-load.ts', import.meta.url), args, { execArgv: ['--import', 'tsx'] });
  });
  t.teardown(() => loads.forEach((load) => load.kill()));

  for (let kill = 1; kill <= kills; kill++) {
    // in the middle of its work, however fast the machine is
    const enough = bytesOf(logs) + 2000 + next() * 20_000;
    while (bytesOf(logs) < enough) await pause(next() * 40);
    await engine.kill();
    engine = await startAgain(dataDir, port, next);
  }
  t.teardown(() => engine.kill());
  for (const load of loads) load.send('drain');
  const file = path.join(dataDir, 'engine.sqlite');
  const db = new Database(file, { readonly: true });
  const sql = `SELECT (SELECT count(*) FROM process_instance WHERE state = 'ACTIVE')
    + (SELECT count(*) FROM batch_operation WHERE state IN ('CREATED', 'ACTIVE'))`;
  const active = db.prepare(sql).pluck();
  const until = Date.now() + 60_000 + kills * 1000;
  while ((active.get() as number) > 0 && Date.now() < until) await pause(100);
  t.is(active.get(), 0, 'everything comes to its end');
  db.close();
  for (const load of loads) {
    t.is(load.exitCode, null, 'no client was refused what it may do');
    load.send('stop');
  }
  await engine.kill();
  t.is(engine.errors(), '');
  const acknowledged = logs.flatMap((log) =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Acknowledged),
  );
  const counts = new Map<string, number>();
  for (const { op } of acknowledged) counts.set(op, (counts.get(op) ?? 0) + 1);
  t.log(`acknowledged: ${[...counts].map(([op, count]) => `${count} × ${op}`).join(', ')}`);
  checkBooks(t, file, acknowledged);
});
