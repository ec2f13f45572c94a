import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Engine } from '../../engine.ts';
import { openEngine } from '../../open-engine.ts';
import { calledId, draw, errorCode } from './draw.ts';
import { Reference, type Live, type Picture } from './interpreter.ts';
import { named, type Action, type Story } from './process-tree.ts';

/** Plays stories in an engine and in the reference interpreter, and gives what each of them shows after every step. */
export class SideBySide {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'engine-reference-'));
  readonly #engine: Engine;
  readonly #db: Database.Database;
  #now = Date.UTC(2030, 0, 1);
  #value = 0;

  constructor() {
    const file = path.join(this.#folder, 'engine.sqlite');
    this.#engine = openEngine({ file });
    this.#db = new Database(file, { readonly: true });
  }

  async close(): Promise<void> {
    this.#db.close();
    await this.#engine.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @returns how many steps were compared; throws where the two part. */
  async play(story: Story, differ: (engine: Picture, reference: Picture, after: string) => void): Promise<number> {
    const main = named('p', story.main, true);
    const called = named(calledId, story.called, false);
    const resources = [main, called].map((tree) => ({
      name: `${tree.id}.bpmn`,
      content: new TextEncoder().encode(draw(tree)),
    }));
    await this.#engine.execute({ type: 'clock.pin', timestampMs: this.#now });
    await this.#engine.execute({ type: 'deployment.create', resources });
    const variables = { base: 1 };
    const { processInstanceKey } = await this.#engine.execute({
      type: 'process-instance.create',
      processDefinitionId: 'p',
      variables,
    });
    const reference = new Reference(main, called, this.#now);
    const compare = (after: string) => differ(this.#picture(processInstanceKey), reference.picture(), after);
    try {
      compare('the start');
      let steps = 0;
      for (const action of story.actions) {
        const done = await this.#actSomehow(action, reference);
        if (done === undefined) break;
        compare(done);
        steps++;
      }
      return steps;
    } finally {
      await this.#engine.execute({ type: 'process-instance.cancel', processInstanceKey }).catch(() => undefined);
    }
  }

  /** What is asked for, or what is possible instead; nothing when the story has ended or is stuck. */
  async #actSomehow({ kind, pick }: Action, reference: Reference): Promise<string | undefined> {
    const others = (['job', 'task', 'message', 'time'] as const).filter((each) => each !== kind);
    for (const each of [kind, ...others]) {
      const done = await this.#act({ kind: each, pick }, reference);
      if (done !== undefined) return done;
    }
    return undefined;
  }

  async #act({ kind, pick }: Action, reference: Reference): Promise<string | undefined> {
    if (kind === 'time') return this.#wait(reference);
    if (kind === 'message') {
      const event = choose(reference.armed('message'), pick);
      if (!event) return undefined;
      await this.#engine.execute({
        type: 'message.publish',
        name: event.elementId,
        correlationKey: 'k',
        timeToLiveMs: 0,
      });
      event.fire();
      return `message to ${event.elementId}`;
    }
    if (kind === 'task') {
      const task = choose(reference.tasks(), pick);
      if (!task) return undefined;
      const sql = `SELECT t.key FROM user_task t JOIN element m ON m.ref = t.element_ref WHERE m.element_id = ? AND t.state = 'CREATED'`;
      await this.#engine.execute({
        type: 'user-task.complete',
        userTaskKey: this.#db.prepare(sql).pluck().get(task.id) as number,
      });
      reference.complete(task);
      return `task ${task.id} completed`;
    }
    return this.#work(kind, pick, reference);
  }

  async #work(kind: 'job' | 'error', pick: number, reference: Reference): Promise<string | undefined> {
    // whether a handler may catch what is thrown inside of it is another story
    const candidates = reference.jobs().filter(({ scope }) => kind === 'job' || scope.owner?.kind !== 'handler');
    const job = choose(candidates, pick);
    if (!job) return undefined;
    const jobKey = this.#jobKey(job, reference);
    if (kind === 'job') {
      const value = ++this.#value;
      const id = job.id;
      await this.#engine.execute({ type: 'job.complete', jobKey, variables: { [`v_${id}`]: value } });
      reference.complete(job, value);
      return `job ${id} completed`;
    }
    await this.#engine.execute({ type: 'job.throw-error', jobKey, errorCode });
    reference.throwError(job);
    return `job ${job.id} threw an error`;
  }

  /** Until the next timer is due, if there is one. */
  async #wait(reference: Reference): Promise<string | undefined> {
    const [next] = reference.armed('timer').toSorted((a, b) => a.dueAt - b.dueAt);
    if (!next) return undefined;
    this.#now = next.dueAt;
    reference.now = next.dueAt;
    await this.#engine.execute({ type: 'clock.pin', timestampMs: next.dueAt });
    next.fire();
    return `timer ${next.elementId}`;
  }

  /** Of several jobs of an element the one that was made as the so manieth. */
  #jobKey(job: Live, reference: Reference): number {
    const sql = `SELECT j.key FROM job j JOIN element m ON m.ref = j.element_ref WHERE m.element_id = ? AND j.phase < 3 ORDER BY j.key LIMIT 1 OFFSET ?`;
    const alike = reference.jobs().filter(({ id }) => id === job.id);
    return this.#db.prepare(sql).pluck().get(job.id, alike.indexOf(job)) as number;
  }

  #picture(processInstanceKey: number): Picture {
    const ours = `(SELECT key FROM process_instance WHERE root_key = ${processInstanceKey})`;
    const list = (from: string, row: string, where: string) =>
      (
        this.#db
          .prepare(
            `SELECT m.element_id FROM ${from} x JOIN element m ON m.ref = x.${row} WHERE x.process_instance_key IN ${ours} AND ${where}`,
          )
          .pluck()
          .all() as string[]
      ).toSorted();
    const joins = `SELECT m.element_id || ' ' || count(*) FROM join_token x JOIN element m ON m.ref = x.gateway_ref
      WHERE x.process_instance_key IN ${ours} AND waiting = 1 GROUP BY x.gateway_ref`;
    const state = this.#db.prepare('SELECT state FROM process_instance WHERE key = ?').pluck().get(processInstanceKey);
    return {
      ended: state !== 'ACTIVE',
      elements: list('element_instance', 'element_ref', `x.state = 'ACTIVE'`),
      joins: (this.#db.prepare(joins).pluck().all() as string[]).toSorted(),
      jobs: list('job', 'element_ref', 'x.phase < 4'),
      tasks: list('user_task', 'element_ref', `x.state = 'CREATED'`),
      timers: list('timer', 'element_ref', 'true'),
      messages: list('message_subscription', 'element_ref', `x.state = 'CREATED'`),
      incidents: list('incident', 'element_ref', `x.state = 'ACTIVE'`),
      variables: this.#variables(processInstanceKey),
    };
  }

  #variables(processInstanceKey: number): Picture['variables'] {
    const rows = this.#db
      .prepare(
        `SELECT v.name, v.value, v.scope_key AS scope, m.element_id AS id, c.element_id AS caller,
           (SELECT value FROM variable l WHERE l.scope_key = v.scope_key AND l.process_instance_key = v.process_instance_key
              AND l.name = 'loopCounter') AS counter
         FROM variable v JOIN process_instance p ON p.key = v.process_instance_key
           LEFT JOIN element_instance e ON e.key = v.scope_key LEFT JOIN element m ON m.ref = e.element_ref
           LEFT JOIN element_instance pe ON pe.key = p.parent_element_key LEFT JOIN element c ON c.ref = pe.element_ref
         WHERE p.root_key = ? AND (v.scope_key = p.root_key OR e.state = 'ACTIVE' OR (e.key IS NULL AND p.state = 'ACTIVE'))`,
      )
      .all(processInstanceKey) as {
      name: string;
      value: string;
      scope: number;
      id: string | null;
      caller: string;
      counter: string | null;
    }[];
    const shown: Picture['variables'] = {};
    for (const { name, value, scope, id, caller, counter } of rows) {
      const process = scope === processInstanceKey ? 'process' : `${caller} called`;
      const holder = id === null ? process : counter === null ? id : `${id} ${counter}`;
      (shown[holder] ??= {})[name] = JSON.parse(value);
    }
    return shown;
  }
}

const choose = <T>(list: T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
