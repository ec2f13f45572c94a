import type Database from 'better-sqlite3';
import type { Engine } from '../../engine.ts';
import { errorCode, signalName } from './draw.ts';
import type { Reference } from './interpreter.ts';
import type { Live } from './live.ts';
import { EnginePicture } from './picture.ts';
import type { Part } from './plan.ts';
import { deeds, type Action, type Deed } from './process-tree.ts';

/** Does the same to an instance of the engine and to the interpreter. */
export class Actor {
  readonly reference: Reference;
  readonly #engine: Engine;
  readonly #db: Database.Database;
  readonly #rootKey: number;
  #value = 0;

  constructor(engine: Engine, db: Database.Database, rootKey: number, reference: Reference) {
    this.#engine = engine;
    this.#db = db;
    this.#rootKey = rootKey;
    this.reference = reference;
  }

  /** What is asked for, or what is possible instead; undefined when the story has ended or is stuck. */
  async act({ kind, pick }: Action): Promise<string | undefined> {
    const others = deeds.filter((each) => each !== kind && each !== 'put' && each !== 'take-away');
    for (const each of [kind, ...others]) {
      const done = await this.#deeds[each](pick);
      if (done !== undefined) return done;
    }
    return undefined;
  }

  readonly #deeds: Record<Deed, (pick: number) => Promise<string | undefined>> = {
    job: async (pick) => {
      const job = choose(this.#jobs(), pick);
      if (!job) return undefined;
      const { id } = job.part;
      const variables = { [`v_${id}`]: ++this.#value, any: this.#value };
      await this.#engine.execute({ type: 'job.complete', jobKey: this.#jobKey(job), variables });
      this.reference.complete(job, new Map(Object.entries(variables)));
      return `${job.name} completed`;
    },

    error: async (pick) => {
      const job = choose(this.#jobs(), pick);
      if (!job) return undefined;
      await this.#engine.execute({ type: 'job.throw-error', jobKey: this.#jobKey(job), errorCode });
      this.reference.throwError(job);
      return `${job.name} threw an error`;
    },

    fail: async (pick) => {
      const job = choose(this.#jobs(), pick);
      if (!job) return undefined;
      await this.#engine.execute({ type: 'job.fail', jobKey: this.#jobKey(job), retries: 0 });
      this.reference.fail(job);
      return `${job.name} failed`;
    },

    resolve: async (pick) => {
      const stuck = choose(
        this.#lives(({ hasIncident }) => hasIncident),
        pick,
      );
      if (!stuck) return undefined;
      const elementKey = this.#keyOf(stuck);
      const sql = `SELECT key, job_key AS jobKey FROM incident WHERE element_instance_key = ? AND state = 'ACTIVE'`;
      const incident = this.#db.prepare(sql).get(elementKey) as { key: number; jobKey: number | null };
      const { key: incidentKey, jobKey } = incident;
      if (jobKey !== null) await this.#engine.execute({ type: 'job.update', jobKey, retries: 1 });
      await this.#engine.execute({ type: 'incident.resolve', incidentKey });
      this.reference.resolve(stuck);
      return `the incident of ${stuck.name} was resolved`;
    },

    task: async (pick) => {
      const task = choose(
        this.#lives(({ part }) => part.type === 'task'),
        pick,
      );
      if (!task) return undefined;
      const sql = 'SELECT key FROM user_task WHERE element_instance_key = ?';
      const userTaskKey = this.#db.prepare(sql).pluck().get(this.#keyOf(task)) as number;
      await this.#engine.execute({ type: 'user-task.complete', userTaskKey });
      this.reference.complete(task);
      return `${task.name} completed`;
    },

    message: async (pick) => {
      const event = choose(this.#waiting('message'), pick);
      if (!event) return undefined;
      const name = event.part.id;
      await this.#engine.execute({ type: 'message.publish', name, correlationKey: 'k', timeToLiveMs: 0 });
      this.reference.message(name);
      return `message ${name}`;
    },

    signal: async () => {
      if (this.#waiting('signal').length === 0) return undefined;
      await this.#engine.execute({ type: 'signal.broadcast', signalName });
      this.reference.signal();
      return 'the signal';
    },

    /** Until the next timer is due. */
    time: async () => {
      const [next] = this.#waiting('timer').toSorted((a, b) => a.dueAt - b.dueAt);
      if (!next) return undefined;
      await this.#engine.execute({ type: 'clock.pin', timestampMs: next.dueAt });
      this.reference.passTime(next.dueAt);
      return `timer ${next.part.id}`;
    },

    /** Makes a condition true, or tells it again. */
    set: async (pick) => {
      const event = choose(this.#waiting('condition'), pick);
      if (!event) return undefined;
      const name = `c_${event.part.id}`;
      const { process } = event.live;
      const value = ++this.#value;
      const scopeKey = this.#keyOf(process);
      await this.#engine.execute({ type: 'variables.set', scopeKey, variables: { [name]: value } });
      this.reference.setVariable(process, name, value);
      return `${name} = ${value}`;
    },

    adhoc: async (pick) => {
      const adHoc = choose(
        this.#lives(({ part, accepts }) => part.type === 'adhoc' && accepts),
        pick,
      );
      if (!adHoc) return undefined;
      const part = choose(adHoc.part.firsts, pick)!;
      const adHocSubProcessInstanceKey = this.#keyOf(adHoc);
      const elements = [{ elementId: part.id }];
      await this.#engine.execute({ type: 'ad-hoc-sub-process.activate', adHocSubProcessInstanceKey, elements });
      this.reference.beginInside(adHoc, part);
      return `${part.id} begun in ${adHoc.name}`;
    },

    'take-away': async (pick) => {
      // a called instance is ended by its caller only
      const live = choose(
        this.#lives((each) => each.scope !== null && (this.reference.emptyWithout(each).caller ?? null) === null),
        pick,
      );
      if (!live) return undefined;
      await this.#modify(live, { terminateInstructions: [{ elementInstanceKey: this.#keyOf(live) }] });
      this.reference.takeAway(live);
      return `${live.name} taken away`;
    },

    put: async (pick) => {
      const places = this.#lives((live) => live.isInside && this.#isOnly(live));
      const choices = places.flatMap((scope) =>
        scope.part.inside.filter((part) => isPuttable(part, scope.part)).map((part) => ({ scope, part })),
      );
      const choice = choose(choices, pick);
      if (!choice) return undefined;
      const { scope, part } = choice;
      await this.#modify(scope, { activateInstructions: [{ elementId: part.id }] });
      this.reference.put(part, scope);
      return `${part.id} put into ${scope.name}`;
    },
  };

  #modify(live: Live, instructions: object): Promise<unknown> {
    const processInstanceKey = this.#keyOf(live.process);
    return this.#engine.execute({ type: 'process-instance.modify', processInstanceKey, ...instructions });
  }

  /** Of its process it is the only one that runs, and so are those around it. In an ad-hoc sub-process never. */
  #isOnly({ part, process, scope }: Live): boolean {
    if (part.type === 'inner') return false;
    const alike = this.#lives((each) => each.part === part && each.process === process && !each.isBody);
    return alike.length === 1 && alike[0]!.accepts && (scope === null || scope.isBody || this.#isOnly(scope));
  }

  #lives(where: (live: Live) => boolean): Live[] {
    return this.reference.lives.filter(where);
  }

  #jobs(): Live[] {
    return this.#lives(({ part, isBody, hasIncident }) => part.type === 'job' && !isBody && !hasIncident);
  }

  #waiting(on: Part['on']) {
    return this.reference.armed.filter(({ part }) => part.on === on);
  }

  /** Of several of one name the one that was made as the so manieth. */
  #keyOf(live: Live): number {
    const alike = this.#lives(({ name }) => name === live.name);
    const names = [...new EnginePicture(this.#db).names(this.#rootKey)];
    return names.filter(([, name]) => name === live.name)[alike.indexOf(live)]![0];
  }

  #jobKey(job: Live): number {
    const sql = 'SELECT key FROM job WHERE element_instance_key = ? AND phase < 4';
    return this.#db.prepare(sql).pluck().get(this.#keyOf(job)) as number;
  }
}

const puttable = new Set<Part['type']>(['job', 'task', 'scope', 'adhoc', 'call', 'throw', 'end', 'xor', 'and', 'or']);

/** What undoes something is begun by a compensation only. */
const isPuttable = (part: Part, scope: Part) =>
  puttable.has(part.type) && !scope.inside.some(({ undo }) => undo === part);

const choose = <T>(list: T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
