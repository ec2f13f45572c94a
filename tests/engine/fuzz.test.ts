import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { loadRequestShapes } from '../../engine/rest/schema/camunda-schemas.ts';
import { operations } from '../../engine/rest/operation-table.ts';
import { approvalForm, discountDecision, orderProcess } from '../../engine/rest/testing/order-process.ts';
import { EngineClient } from '../../engine/testing/engine-client.ts';
import { startEngineProcess } from '../../engine/testing/engine-process.ts';
import { invariants } from '../../engine/testing/invariants.ts';
import { random } from '../../engine/testing/random-model.ts';
import { begun, called, mixed } from './crash-models.ts';
import { RequestFuzzer, type FuzzedRequest } from './fuzz-requests.ts';

/** npm run test:soak sends 100,000; FUZZ_SEED=n repeats a run. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 3000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1e6));
const parallel = 12;

const models = {
  'mixed.bpmn': mixed,
  'called.bpmn': called,
  'begun.bpmn': begun,
  'order.bpmn': orderProcess,
  'discount.dmn': discountDecision,
  'approval.form': approvalForm,
};

/** What the engine's process holds; undefined where /proc is not. */
function held(pid: number) {
  try {
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
    return { megabytes: kilobytes / 1024, handles: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
}

const printed = ({ method, path: where, body }: FuzzedRequest) =>
  `${method} ${where} ${String(body ?? '').slice(0, 1500)}`;

test(`whatever is asked, the engine answers and is none the worse for it (${requests} requests, seed ${seed})`, async (t) => {
  t.timeout(6 * 3_600_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-fuzz-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const engine = await startEngineProcess(dataDir);
  t.teardown(() => engine.kill());
  const client = new EngineClient(engine.address);
  t.teardown(() => client.close());
  await client.deploy(models);
  const fuzzer = new RequestFuzzer(random(seed), operations, await loadRequestShapes(), models);
  const failures: string[] = [];
  const statuses = new Map<number, number>();
  const tookMs: number[] = [];
  let sent = 0;
  let middle: ReturnType<typeof held>;
  const send = async () => {
    while (sent++ < requests) {
      if (sent === Math.floor(requests / 2)) middle = held(engine.pid);
      const request = fuzzer.request();
      const begunAt = performance.now();
      try {
        const { status, text } = await client.send(request.method, request.path, request.body, request.headers);
        tookMs.push(performance.now() - begunAt);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status < 300) fuzzer.learn(text.slice(0, 5000));
        // a listener or an end that is waited for in vain is no defect
        if (status >= 500 && status !== 504) failures.push(`${status} ${text.slice(0, 300)} for ${printed(request)}`);
      } catch (error) {
        failures.push(`${String(error)} for ${printed(request)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, send));
  const after = held(engine.pid);
  const slowest = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)]!;
  const counted = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  t.log(`${counted}; p99 ${slowest.toFixed(0)} ms; ${JSON.stringify(middle)} → ${JSON.stringify(after)}`);
  t.deepEqual([...new Set(failures)].slice(0, 20), []);
  t.is(engine.errors(), '');
  t.true(slowest < 2000, `99 % within ${slowest.toFixed(0)} ms`);
  if (middle && after) {
    t.true(after.megabytes < middle.megabytes * 1.3 + 150, 'memory does not grow');
    t.true(after.handles <= middle.handles + 5, 'nor do handles');
  }
  t.is((await client.send('GET', '/v2/topology')).status, 200);
  const db = new Database(path.join(dataDir, 'engine.sqlite'), { readonly: true });
  t.teardown(() => db.close());
  for (const [name, sql] of Object.entries(invariants)) t.is(db.prepare(sql).pluck().get(), 0, name);
  t.is(db.pragma('integrity_check', { simple: true }), 'ok');
});
