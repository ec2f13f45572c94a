import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { CommandRejection } from '../command-rejection.ts';
import type { ActivatedJob, Command } from '../commands.ts';
import type { Engine } from '../engine.ts';
import { openEngine } from '../open-engine.ts';
import { invariants } from './invariants.ts';
import { definitions, process as processXml } from './model.ts';
import { random, RandomModel } from './random-model.ts';

const hour = 3_600_000;

/** An engine of its own in which one seed decides what is drawn and what happens. */
export class RandomWorld {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'engine-random-'));
  readonly #next: () => number;
  readonly #engine: Engine;
  readonly #db: Database.Database;
  #now = Date.UTC(2030, 0, 1);
  #failure: unknown;

  constructor(seed: number) {
    this.#next = random(seed);
    const file = path.join(this.#folder, 'engine.sqlite');
    this.#engine = openEngine({ file });
    this.#db = new Database(file, { readonly: true });
  }

  /** Draws a process and one that it calls, and starts it. */
  async begin(name: string): Promise<void> {
    await this.#pin(this.#now);
    const messages = { go: '="k"', stop: '="k"', raise: '="k"' };
    const draw = (id: string, called?: string) => {
      const xml = definitions(processXml(id, new RandomModel(this.#next).content(called)), {
        messages,
        errors: ['oops'],
        signals: ['go', 'stop', 'raise'],
        escalations: ['up'],
      });
      return { name: `${id}.bpmn`, content: new TextEncoder().encode(xml) };
    };
    const resources = [draw(`called-${name}`), draw(name, `called-${name}`)];
    await this.#engine.execute({ type: 'deployment.create', resources });
    await this.#engine.execute({ type: 'process-instance.create', processDefinitionId: name });
  }

  /** Lets something happen: work, tasks, messages, signals, time, mended incidents. */
  async turn(): Promise<void> {
    const dice = this.#next();
    if (dice < 0.33) await this.#work();
    else if (dice < 0.5) await this.#listen();
    else if (dice < 0.67) await this.#completeTasks();
    else if (dice < 0.76) await this.#setLevel();
    else if (dice < 0.8) await this.#begin();
    else if (dice < 0.9) await this.#publish();
    else if (dice < 0.95) await this.#pin(this.#now + hour);
    else if (dice < 0.99) await this.#mend();
    else await this.#cancelOne();
  }

  /** Cancels what still runs; @returns how many instances are left although all listeners have agreed. */
  async end(): Promise<number> {
    const left = this.#keys(`SELECT key FROM process_instance WHERE state = 'ACTIVE' AND parent_key IS NULL`);
    for (const processInstanceKey of left())
      await this.#attempt({ type: 'process-instance.cancel', processInstanceKey });
    await this.#pin(this.#now + 2 * hour);
    while ((await this.#listen()) > 0);
    return left().length;
  }

  /** What is not as it must be. */
  broken(): string[] {
    if (this.#failure) throw this.#failure;
    return Object.keys(invariants).filter((name) => this.#db.prepare(invariants[name]!).pluck().get() !== 0);
  }

  async close(): Promise<void> {
    this.#db.close();
    await this.#engine.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #work(): Promise<void> {
    for (const { jobKey } of await this.#take('work')) {
      const fate = this.#next();
      if (fate < 0.75) await this.#attempt({ type: 'job.complete', jobKey });
      else if (fate < 0.85) await this.#attempt({ type: 'job.throw-error', jobKey, errorCode: 'oops' });
      else await this.#attempt({ type: 'job.fail', jobKey, retries: fate < 0.95 ? 1 : 0 });
    }
  }

  /** Conditions look at it. */
  async #setLevel(): Promise<void> {
    const level = Math.floor(this.#next() * 7);
    for (const scopeKey of this.#keys(`SELECT key FROM process_instance WHERE state = 'ACTIVE'`)()) {
      await this.#attempt({ type: 'variables.set', scopeKey, variables: { level } });
    }
  }

  /** Begins something in ad-hoc sub-processes, as clients or as their workers do. */
  async #begin(): Promise<void> {
    const rows = this.#db.prepare(
      `SELECT e.key, e.job_key AS jobKey, v.value ->> '$[0].elementId' AS elementId FROM element_instance e
       JOIN variable v ON v.scope_key = e.key AND v.name = 'adHocSubProcessElements' WHERE e.state = 'ACTIVE'`,
    );
    for (const { key, jobKey, elementId } of rows.all() as {
      key: number;
      jobKey: number | null;
      elementId: string;
    }[]) {
      const elements = [{ elementId }];
      if (jobKey === null) {
        const command = { adHocSubProcessInstanceKey: key, elements, cancelRemainingInstances: this.#next() < 0.2 };
        await this.#attempt({ type: 'ad-hoc-sub-process.activate', ...command });
        continue;
      }
      const isCompletionConditionFulfilled = this.#next() < 0.4;
      const activateElements = isCompletionConditionFulfilled ? [] : elements;
      const result = { type: 'adHocSubProcess', activateElements, isCompletionConditionFulfilled };
      await this.#attempt({ type: 'job.complete', jobKey, result });
    }
  }

  async #listen(): Promise<number> {
    const jobs = await this.#take('listen');
    for (const { jobKey } of jobs) await this.#attempt({ type: 'job.complete', jobKey });
    return jobs.length;
  }

  async #completeTasks(): Promise<void> {
    const open = this.#keys(`SELECT key FROM user_task WHERE state = 'CREATED' LIMIT 5`);
    // the answers come when the listeners are through: nobody waits for them here
    for (const userTaskKey of open()) void this.#attempt({ type: 'user-task.complete', userTaskKey });
    await this.#engine.execute({ type: 'signal.broadcast', signalName: 'turn' });
  }

  async #publish(): Promise<void> {
    const name = ['go', 'stop', 'raise'][Math.floor(this.#next() * 3)]!;
    if (this.#next() < 0.3) {
      await this.#attempt({ type: 'signal.broadcast', signalName: name });
      return;
    }
    const timeToLiveMs = this.#next() < 0.5 ? 0 : hour;
    await this.#attempt({ type: 'message.publish', name, correlationKey: 'k', timeToLiveMs });
  }

  async #mend(): Promise<void> {
    const incidents = this.#db.prepare(
      `SELECT key, job_key AS jobKey FROM incident WHERE state = 'ACTIVE' AND error_type <> 'UNHANDLED_ERROR_EVENT'`,
    );
    for (const { key, jobKey } of incidents.all() as { key: number; jobKey: number | null }[]) {
      if (jobKey !== null) await this.#attempt({ type: 'job.update', jobKey, retries: 1 });
      await this.#attempt({ type: 'incident.resolve', incidentKey: key });
    }
  }

  async #cancelOne(): Promise<void> {
    const [processInstanceKey] = this.#keys(
      `SELECT key FROM process_instance WHERE state = 'ACTIVE' AND parent_key IS NULL`,
    )();
    if (processInstanceKey !== undefined) await this.#attempt({ type: 'process-instance.cancel', processInstanceKey });
  }

  async #pin(timestampMs: number): Promise<void> {
    this.#now = timestampMs;
    await this.#engine.execute({ type: 'clock.pin', timestampMs });
  }

  #take(type: string): Promise<ActivatedJob[]> {
    return this.#engine.activateJobs({ type, worker: 'w', timeoutMs: hour, maxJobs: 3, requestTimeoutMs: -1 });
  }

  #keys(sql: string): () => number[] {
    const statement = this.#db.prepare(sql).pluck();
    return () => statement.all() as number[];
  }

  /** A command that comes too late is refused, one that waits may outlive its engine; the rest is a defect. */
  async #attempt(command: Command): Promise<void> {
    try {
      await this.#engine.execute(command as never);
    } catch (error) {
      const expected = ['NOT_FOUND', 'INVALID_STATE', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'];
      if (!(error instanceof CommandRejection) || !expected.includes(error.type)) this.#failure = error;
    }
  }
}
