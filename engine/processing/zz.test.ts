import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import { CommandRejection } from '../command-rejection.ts';
import type { ActivatedJob, Command } from '../commands.ts';
import { openEngine } from '../open-engine.ts';
import { definitions, process as processXml } from '../testing/model.ts';
import { random, RandomModel } from '../testing/random-model.ts';

/** How many processes are drawn and run, each with its own seed; RANDOM_PROCESSES=5000 looks longer, RANDOM_SEED elsewhere. */
const processes = Number(globalThis.process.env.RANDOM_PROCESSES ?? 25);
const firstSeed = Number(globalThis.process.env.RANDOM_SEED ?? 1);
const turns = 60;
const hour = 3_600_000;

const folder = mkdtempSync(path.join(tmpdir(), 'engine-random-'));
const file = path.join(folder, 'engine.sqlite');
const engine = openEngine({ file });
const db = new Database(file, { readonly: true });
test.after.always(async () => {
  db.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command that may come too late is refused; anything else that goes wrong is a defect. */
async function attempt<T extends Command>(command: T): Promise<void> {
  try {
    await engine.execute(command as never);
  } catch (error) {
    const known = error instanceof CommandRejection && ['NOT_FOUND', 'INVALID_STATE'].includes(error.type);
    if (!known) throw error;
  }
}

const take = (type: string): Promise<ActivatedJob[]> =>
  engine.activateJobs({ type, worker: 'w', timeoutMs: hour, maxJobs: 3, requestTimeoutMs: -1 });

const openTasks = db.prepare(`SELECT key FROM user_task WHERE state = 'CREATED' LIMIT 5`).pluck();
const openIncidents = db.prepare(
  `SELECT i.key, i.job_key AS jobKey FROM incident i WHERE i.state = 'ACTIVE' AND i.error_type <> 'UNHANDLED_ERROR_EVENT'`,
);

async function oneTurn(next: () => number, now: () => number): Promise<void> {
  const dice = next();
  if (dice < 0.35) {
    for (const { jobKey } of await take('work')) {
      const fate = next();
      if (fate < 0.75) await attempt({ type: 'job.complete', jobKey });
      else if (fate < 0.85) await attempt({ type: 'job.throw-error', jobKey, errorCode: 'oops' });
      else await attempt({ type: 'job.fail', jobKey, retries: fate < 0.95 ? 1 : 0 });
    }
  } else if (dice < 0.55) {
    for (const { jobKey } of await take('listen')) await attempt({ type: 'job.complete', jobKey });
  } else if (dice < 0.75) {
    // the answer comes when the listeners are through: nobody waits for it here
    for (const userTaskKey of openTasks.all() as number[]) void attempt({ type: 'user-task.complete', userTaskKey });
    await engine.execute({ type: 'signal.broadcast', signalName: 'turn' });
  } else if (dice < 0.9) {
    const name = ['go', 'stop', 'raise'][Math.floor(next() * 3)]!;
    await attempt({ type: 'message.publish', name, correlationKey: 'k', timeToLiveMs: next() < 0.5 ? 0 : hour });
  } else if (dice < 0.95) {
    await engine.execute({ type: 'clock.pin', timestampMs: now() + hour });
  } else {
    for (const { key, jobKey } of openIncidents.all() as { key: number; jobKey: number | null }[]) {
      if (jobKey !== null) await attempt({ type: 'job.update', jobKey, retries: 1 });
      await attempt({ type: 'incident.resolve', incidentKey: key });
    }
  }
}

/** What must be true of the tables after every commit; each statement counts what is not. */
const invariants: Record<string, string> = {
  'every scope counts its children and the tokens that wait in it': `
    SELECT count(*) FROM (SELECT key, children, data FROM element_instance WHERE state = 'ACTIVE'
      UNION ALL SELECT key, children, data FROM process_instance WHERE state = 'ACTIVE') s
    WHERE children <> (SELECT count(*) FROM element_instance e WHERE e.scope_key = s.key AND e.state = 'ACTIVE')
      + (SELECT count(*) FROM join_token j WHERE j.scope_key = s.key AND j.waiting = 1)
      + (SELECT count(*) FROM process_instance c WHERE c.parent_element_key = s.key AND c.state = 'ACTIVE')`,
  'nothing runs inside of what has ended': `
    SELECT count(*) FROM element_instance e LEFT JOIN element_instance s ON s.key = e.scope_key
      LEFT JOIN process_instance p ON p.key = e.process_instance_key
    WHERE e.state = 'ACTIVE' AND (s.state <> 'ACTIVE' OR p.state <> 'ACTIVE')`,
  'no job, timer, subscription, task or incident outlives its element': `
    SELECT count(*) FROM (SELECT element_instance_key AS k, process_instance_key AS p FROM job WHERE phase < 4
      UNION ALL SELECT element_instance_key, process_instance_key FROM timer WHERE element_instance_key IS NOT NULL
      UNION ALL SELECT element_instance_key, process_instance_key FROM message_subscription
        WHERE state = 'CREATED' AND element_instance_key IS NOT NULL
      UNION ALL SELECT element_instance_key, process_instance_key FROM user_task WHERE state NOT IN ('COMPLETED', 'CANCELED')
      UNION ALL SELECT element_instance_key, process_instance_key FROM incident WHERE state = 'ACTIVE') x
    WHERE NOT EXISTS (SELECT 1 FROM element_instance e WHERE e.key = x.k AND e.state = 'ACTIVE')
      AND NOT EXISTS (SELECT 1 FROM process_instance i WHERE i.key = x.k AND i.state = 'ACTIVE')`,
  'every instance that goes on waits for something': `
    SELECT count(*) FROM process_instance p WHERE p.state = 'ACTIVE'
      AND NOT EXISTS (SELECT 1 FROM job j WHERE j.process_instance_key = p.key AND j.phase < 4)
      AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.process_instance_key = p.key)
      AND NOT EXISTS (SELECT 1 FROM message_subscription s WHERE s.process_instance_key = p.key AND s.state = 'CREATED')
      AND NOT EXISTS (SELECT 1 FROM user_task u WHERE u.process_instance_key = p.key AND u.state NOT IN ('COMPLETED', 'CANCELED'))
      AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.process_instance_key = p.key AND i.state = 'ACTIVE')
      AND NOT EXISTS (SELECT 1 FROM process_instance c WHERE c.parent_key = p.key AND c.state = 'ACTIVE')`,
};

const checks = Object.entries(invariants).map(([name, sql]) => ({ name, count: db.prepare(sql).pluck() }));

function broken(): string[] {
  return checks.filter(({ count }) => count.get() !== 0).map(({ name }) => name);
}

test.serial('whatever is drawn and whatever happens, the books are right after every step', async (t) => {
  let now = Date.UTC(2030, 0, 1);
  for (let seed = firstSeed; seed < firstSeed + processes; seed++) {
    await engine.execute({ type: 'clock.pin', timestampMs: now });
    const next = random(seed);
    const messages = { go: '="k"', stop: '="k"', raise: '="k"' };
    const draw = (id: string, called?: string) => {
      const xml = definitions(processXml(id, new RandomModel(next).content(called)), { messages, errors: ['oops'] });
      return { name: `${id}.bpmn`, content: new TextEncoder().encode(xml), xml };
    };
    const child = draw(`child${seed}`);
    const main = draw(`main${seed}`, `child${seed}`);
    await engine.execute({ type: 'deployment.create', resources: [child, main] });
    const { processInstanceKey } = await engine.execute({
      type: 'process-instance.create',
      processDefinitionId: `main${seed}`,
    });
    for (let turn = 1; turn <= turns; turn++) {
      await oneTurn(next, () => (now += 1));
      now = Math.max(now, engine.clock.now());
      const wrong = broken();
      if (wrong.length > 0) { const bad = db.prepare(`SELECT * FROM (SELECT 'job' AS w, element_ref, element_instance_key AS k, process_instance_key AS p FROM job WHERE phase < 4 UNION ALL SELECT 'timer', element_ref, element_instance_key, process_instance_key FROM timer WHERE element_instance_key IS NOT NULL UNION ALL SELECT 'sub', element_ref, element_instance_key, process_instance_key FROM message_subscription WHERE state = 'CREATED' AND element_instance_key IS NOT NULL UNION ALL SELECT 'task', element_ref, element_instance_key, process_instance_key FROM user_task WHERE state NOT IN ('COMPLETED', 'CANCELED') UNION ALL SELECT 'incident', element_ref, element_instance_key, process_instance_key FROM incident WHERE state = 'ACTIVE') x WHERE NOT EXISTS (SELECT 1 FROM element_instance e WHERE e.key = x.k AND e.state = 'ACTIVE') AND NOT EXISTS (SELECT 1 FROM process_instance i WHERE i.key = x.k AND i.state = 'ACTIVE')`).all() as any[]; console.log(turn, seed, wrong, bad); for (const b of bad) { console.log(db.prepare('SELECT e.key, e.scope_key, m.element_id, e.is_body, e.state, e.phase, e.children, e.data FROM element_instance e JOIN element m ON m.ref = e.element_ref WHERE process_instance_key = ? ORDER BY e.key').all(b.p)); console.log(db.prepare('SELECT * FROM process_instance WHERE key = ?').all(b.p)); console.log(db.prepare('SELECT * FROM element WHERE ref = ?').get(b.element_ref)); console.log(main.xml, child.xml) } process.exit(1) }
    }
    if (seed % 3 === 0) await attempt({ type: 'process-instance.cancel', processInstanceKey });
  }
  // what is left ends when it is told to, with its canceling listeners
  const left = db.prepare(`SELECT key FROM process_instance WHERE state = 'ACTIVE' AND parent_key IS NULL`).pluck();
  for (const processInstanceKey of left.all() as number[])
    await attempt({ type: 'process-instance.cancel', processInstanceKey });
  await engine.execute({ type: 'clock.pin', timestampMs: now + 2 * hour });
  for (let jobs = await take('listen'); jobs.length > 0; jobs = await take('listen')) {
    for (const { jobKey } of jobs) await attempt({ type: 'job.complete', jobKey });
  }
  t.deepEqual(left.all(), []);
  t.deepEqual(broken(), []);
  t.is(engine.status().healthy, true);
});
