import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Engine as PeerEngine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import { openEngine } from '../engine/open-engine.ts';
import { element, end, flow, model, path as flows, serviceTask, start } from '../engine/testing/model.ts';

const instances = Number(process.env.BENCH_INSTANCES ?? 3000);
const peerInstances = Number(process.env.BENCH_PEER_INSTANCES ?? 300);
const clients = 32;

/** start → task → exclusive gateway → task → end: two waits for somebody from outside. */
const content = (task: (id: string) => string) => [
  start(),
  task('first'),
  element('exclusiveGateway', 'which', '', 'default="which_other"'),
  task('second'),
  end(),
  end('other'),
  flows('start', 'first', 'which') +
    flow('which', 'second', '=amount > 1') +
    flow('which', 'other') +
    flows('second', 'end'),
];

/**
 * The engine against bpmn-engine 25, the JavaScript engine nearest to it. Both are durable: ours by its group commit,
 * the peer by its whole state written to SQLite at every wait (synchronous=FULL, as ours).
 */
export async function run(): Promise<object[]> {
  return [await ours(), await peers()];
}

async function ours(): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-engine-'));
  const engine = openEngine({ file: path.join(folder, 'engine.sqlite') });
  const xml = new TextEncoder().encode(
    model(
      'bench',
      content((id) => serviceTask(id, id)),
    ),
  );
  await engine.execute({ type: 'deployment.create', resources: [{ name: 'bench.bpmn', content: xml }] });
  const latenciesMs: number[] = [];
  let created = 0;
  let completed = 0;
  const create = async () => {
    while (created < instances) {
      created++;
      await engine.execute({ type: 'process-instance.create', processDefinitionId: 'bench', variables: { amount: 2 } });
    }
  };
  const work = async (type: 'first' | 'second') => {
    const poll = { type, worker: 'bench', timeoutMs: 60_000, maxJobs: 32, requestTimeoutMs: 200 };
    while (completed < instances) {
      for (const job of await engine.activateJobs(poll)) {
        const startedAt = performance.now();
        void engine.execute({ type: 'job.complete', jobKey: job.jobKey, variables: { done: true } }).then(() => {
          latenciesMs.push(performance.now() - startedAt);
          if (type === 'second') completed++;
        });
      }
    }
  };
  const startedAt = performance.now();
  await Promise.all([
    ...Array.from({ length: clients }, create),
    work('first'),
    work('first'),
    work('second'),
    work('second'),
  ]);
  const seconds = (performance.now() - startedAt) / 1000;
  const { commands, commits } = engine.status();
  await engine.close();
  rmSync(folder, { recursive: true });
  latenciesMs.sort((a, b) => a - b);
  return {
    engine: 'liandong',
    instances,
    perSecond: round(instances / seconds),
    commands,
    commits,
    completionMedianMs: round(latenciesMs[Math.floor(latenciesMs.length / 2)]!),
    completionP99Ms: round(latenciesMs[Math.floor(latenciesMs.length * 0.99)]!),
  };
}

async function peers(): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-peer-'));
  const db = new Database(path.join(folder, 'peer.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE state (key INTEGER PRIMARY KEY, state TEXT NOT NULL)');
  const save = db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)');
  const source = model(
    'bench',
    content((id) => element('userTask', id)),
  )
    // its expressions are ${…}
    .replace('=amount > 1', '${environment.variables.large}');
  // read once for all instances, as ours
  const moddleContext = await new BpmnModdle().fromXML(source);
  const startedAt = performance.now();
  let next = 0;
  const client = async () => {
    while (next < peerInstances) {
      const key = next++;
      const engine = new PeerEngine({ name: `bench ${key}`, moddleContext, variables: { large: true } });
      const execution = await engine.execute();
      for (const id of ['first', 'second']) {
        save.run(key, JSON.stringify(execution.getState()));
        execution.signal({ id });
      }
      save.run(key, JSON.stringify(execution.getState()));
      if (execution.state !== 'idle') throw new Error('the peer has not come to its end');
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  db.close();
  rmSync(folder, { recursive: true });
  return { engine: 'bpmn-engine 25', instances: peerInstances, perSecond: round(peerInstances / seconds) };
}

const round = (value: number) => Math.round(value * 10) / 10;
