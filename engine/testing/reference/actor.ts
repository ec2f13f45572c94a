import type Database from 'better-sqlite3';
import type { Command } from '../../commands.ts';
import type { Engine } from '../../engine.ts';
import { errorCode, signalName } from './draw.ts';
import type { Reference } from './interpreter.ts';
import { jobOf } from './listeners.ts';
import type { Live } from './live.ts';
import type { EnginePicture } from './picture.ts';
import { watchedBy, type Part } from './plan.ts';
import { deeds, onlyWished, type Action, type Deed, type Hears } from './process-tree.ts';
import { transitionOf } from './tasks.ts';

/** Does the same to an instance of the engine and to the interpreter. */
export class Actor {
  readonly reference: Reference;
  readonly #engine: Engine;
  readonly #db: Database.Database;
  readonly #picture: EnginePicture;
  readonly #rootKey: number;
  #value = 0;

  constructor(engine: Engine, db: Database.Database, picture: EnginePicture, rootKey: number, reference: Reference) {
    this.#engine = engine;
    this.#db = db;
    this.#picture = picture;
    this.#rootKey = rootKey;
    this.reference = reference;
  }

  /** What is asked for, or what is possible instead; undefined when the story has ended or is stuck. */
  async act({ kind, pick }: Action): Promise<string | undefined> {
    const others = deeds.filter((each) => each !== kind && !onlyWished.includes(each));
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
      const told = jobOf(job)!;
      await this.#completeJob(job);
      return `${job.name} completed ${told}`;
    },

    error: async (pick) => {
      const job = choose(
        this.#jobs().filter((each) => jobOf(each) === each.part.id),
        pick,
      );
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
        this.#lives((live) => live.task !== null && !live.task.transition),
        pick,
      );
      if (!task) return undefined;
      const variables = { [`t_${task.part.id}`]: ++this.#value };
      await this.#ask(task, 'completing', { type: 'user-task.complete', userTaskKey: this.#taskKey(task), variables });
      this.reference.changeTask(task, 'completing', { values: new Map(Object.entries(variables)) });
      return `${task.name} was to be completed`;
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

    /** Makes a condition true or false, or tells it again; for all, or where it is asked. */
    set: async (pick) => {
      const event = choose(this.#waiting('condition'), pick);
      if (!event) return undefined;
      const name = watchedBy(event.part);
      // at a task it would be a change of the task
      const local = pick % 3 === 0 && event.live.part.type !== 'task';
      const holder = local ? event.live : event.live.process;
      const value = ++this.#value * (pick % 4 === 0 ? -1 : 1);
      const scopeKey = this.#keyOf(holder);
      await this.#engine.execute({ type: 'variables.set', scopeKey, local, variables: { [name]: value } });
      this.reference.setVariable(holder, name, value, local);
      return `${name} = ${value} in ${holder.name}`;
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
        this.#lives(
          (each) =>
            each.scope !== null &&
            each.state !== 'ending' &&
            (this.reference.emptyWithout(each).caller ?? null) === null,
        ),
        pick,
      );
      if (!live) return undefined;
      await this.#modify(live, { terminateInstructions: [{ elementInstanceKey: this.#keyOf(live) }] });
      this.reference.takeAway(live);
      return `${live.name} taken away`;
    },

    put: async (pick) => {
      const choice = choose(placesIn(this.#lives((live) => live.isInside && accepts(live))), pick);
      if (!choice) return undefined;
      const { scope, part } = choice;
      const ancestorElementInstanceKey = this.#isOnly(scope) && pick % 2 === 0 ? undefined : this.#keyOf(scope);
      await this.#modify(scope, { activateInstructions: [{ elementId: part.id, ancestorElementInstanceKey }] });
      this.reference.put(part, scope);
      return `${part.id} put into ${scope.name}`;
    },

    assign: async (pick) => {
      const task = choose(
        this.#lives((live) => live.task !== null && !live.task.transition),
        pick,
      );
      if (!task) return undefined;
      const assignee = `u${pick}`;
      await this.#ask(task, 'assigning', { type: 'user-task.assign', userTaskKey: this.#taskKey(task), assignee });
      this.reference.changeTask(task, 'assigning', { assignee });
      return `${task.name} was to be given to ${assignee}`;
    },

    /** A listener lets a change of a task not pass. */
    deny: async (pick) => {
      const task = choose(
        this.#jobs().filter((live) => ['assigning', 'completing'].includes(transitionOf(live)?.event ?? '')),
        pick,
      );
      if (!task) return undefined;
      const result = { denied: true };
      await this.#engine.execute({ type: 'job.complete', jobKey: this.#jobKey(task), result });
      this.reference.deny(task);
      return `a change of ${task.name} was denied`;
    },

    /** To another place in a scope around, in one modification. */
    move: async (pick) => {
      const sources = this.#lives((each) => each.scope !== null && !each.scope.isBody && accepts(each.scope));
      const source = choose(
        sources.filter(({ state }) => state !== 'ending'),
        pick,
      );
      const choice = source && choose(placesIn(outwards(source.scope!)), pick);
      if (!choice) return undefined;
      const { scope, part } = choice;
      const isNear = scope === source.scope && pick % 2 === 0;
      await this.#modify(source, {
        moveInstructions: [
          {
            source: { elementInstanceKey: this.#keyOf(source) },
            elementId: part.id,
            scope: isNear ? 'sourceParent' : 'inferred',
          },
        ],
      });
      this.reference.move(source, part, scope);
      return `${source.name} moved to ${part.id} in ${scope.name}`;
    },
  };

  async #completeJob(job: Live): Promise<void> {
    const { part, listener } = job;
    const jobKey = this.#jobKey(job);
    if (transitionOf(job)) {
      await this.#engine.execute({ type: 'job.complete', jobKey });
      this.reference.taskListenerDone(job);
      return;
    }
    const own = this.#says(part, listener !== null);
    await this.#engine.execute({ type: 'job.complete', jobKey, variables: own });
    const values = new Map(Object.entries(own));
    if (listener) this.reference.listenerDone(job, values);
    else this.reference.complete(job, values);
  }

  /** Listeners speak of inputs too. A signal would take with it what they say, which is another matter. */
  #says({ id, on }: Part, isListener: boolean): Record<string, number> {
    const value = ++this.#value;
    if (!isListener) return { [`v_${id}`]: value, any: value };
    return on === 'signal' ? {} : { [`l_${id}`]: value, [`in_${id}`]: value };
  }

  /** Where listeners come first the answer comes later, or never. */
  async #ask(task: Live, event: keyof Hears, command: Command): Promise<void> {
    const answer = this.#engine.execute(command as never);
    if (!task.part.hears?.[event]) {
      await answer;
      return;
    }
    answer.catch(() => undefined);
    await this.#engine.execute({ type: 'clock.pin', timestampMs: this.reference.now });
  }

  #taskKey(task: Live): number {
    const sql = 'SELECT key FROM user_task WHERE element_instance_key = ?';
    return this.#db.prepare(sql).pluck().get(this.#keyOf(task)) as number;
  }

  #modify(live: Live, instructions: object): Promise<unknown> {
    const processInstanceKey = this.#keyOf(live.process);
    return this.#engine.execute({ type: 'process-instance.modify', processInstanceKey, ...instructions });
  }

  /** Of its process it is the only one that runs, and so are those around it: nobody has to say which is meant. */
  #isOnly({ part, process, isBody, scope }: Live): boolean {
    const alike = this.#lives((each) => each.part === part && each.process === process && each.isBody === isBody);
    return alike.length === 1 && (scope === null || this.#isOnly(scope));
  }

  #lives(where: (live: Live) => boolean): Live[] {
    return this.reference.lives.filter(where);
  }

  #jobs(): Live[] {
    return this.#lives((live) => jobOf(live) !== null && !live.hasIncident);
  }

  #waiting(on: Part['on']) {
    return this.reference.armed.filter(({ part }) => part.on === on);
  }

  /** Of several of one name the one that was made as the so manieth. */
  #keyOf(live: Live): number {
    const alike = this.#lives(({ name }) => name === live.name);
    const names = [...this.#picture.names(this.#rootKey)];
    return names.filter(([, name]) => name === live.name)[alike.indexOf(live)]![0];
  }

  #jobKey(job: Live): number {
    // the process is named for its index
    const sql = 'SELECT key FROM job WHERE process_instance_key = ? AND element_instance_key = ? AND phase < 4';
    return this.#db.prepare(sql).pluck().get(this.#keyOf(job.process), this.#keyOf(job)) as number;
  }
}

const puttable = new Set<Part['type']>(['job', 'task', 'scope', 'adhoc', 'call', 'throw', 'end', 'xor', 'and', 'or']);

/** What undoes something is begun by a compensation only. */
const isPuttable = (part: Part, scope: Part) =>
  puttable.has(part.type) && !scope.inside.some(({ undo }) => undo === part);

function placesIn(scopes: Live[]): { scope: Live; part: Part }[] {
  return scopes
    .filter(({ isInside }) => isInside)
    .flatMap((scope) =>
      scope.part.inside.filter((part) => isPuttable(part, scope.part)).map((part) => ({ scope, part })),
    );
}

const outwards = (scope: Live): Live[] => [scope, ...(scope.scope ? outwards(scope.scope) : [])];

const accepts = (live: Live): boolean => live.accepts && (live.scope === null || accepts(live.scope));

const choose = <T>(list: T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
