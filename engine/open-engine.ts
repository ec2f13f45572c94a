import type Database from 'better-sqlite3';
import { EngineClock } from './clock.ts';
import { CommandRejection } from './command-rejection.ts';
import type {
  ActivatedJob,
  ActivateJobsRequest,
  Command,
  CommandType,
  Request,
  Response,
  StreamJobsRequest,
} from './commands.ts';
import type { Engine, EngineOptions, EngineStatus } from './engine.ts';
import { errorsToStderr, type EngineLog } from './engine-log.ts';
import { JobStreams, type JobStream, type PushJob } from './job-streams.ts';
import { feelLimits } from './feel/limits.ts';
import { LongPolls } from './long-polls.ts';
import { EngineFigures } from './metrics/engine-figures.ts';
import { EventTally } from './metrics/event-tally.ts';
import { activateJobs } from './processing/activate-jobs.ts';
import { BackgroundWork } from './processing/background-work.ts';
import { auditRefusal, withAuditLog } from './processing/audited-commands.ts';
import { deploy } from './processing/commands/deployment.ts';
import { Deferred } from './processing/deferred.ts';
import type { Actor } from './operator-commands.ts';
import { prepareDeployment } from './processing/prepare-deployment.ts';
import { processors, type Processor } from './processing/processors.ts';
import type { Answer } from './processing/run.ts';
import { Runner, type Act, type Performed } from './processing/runner.ts';
import { setAsideJobs } from './processing/set-aside.ts';
import { sweep } from './processing/sweep.ts';
import { defaultSettings, type EngineSettings } from './settings.ts';
import { anonymous } from './state/audit-log.ts';
import { Checkpoints } from './state/checkpoints.ts';
import { Keys } from './state/keys.ts';
import { openDatabase } from './state/open-database.ts';
import { State } from './state/state.ts';
import { Waiters } from './waiters.ts';

interface Queued {
  act: Act;
  queuedAt: number;
  /** Writes down that the command has been refused. */
  refused?: (rejection: CommandRejection) => Act | undefined;
  settle: (answer: Answer) => void;
}

interface BatchTimes {
  startedAt: number;
  committingAt: number;
  committedAt: number;
}

/** Told after the commit, or after the rollback with its reason. */
type Settlement = (failure?: CommandRejection) => void;

/** For so long after a command its sender is thought to have more: timers that are due make way for them. */
const askedForMs = 1000;
/** The system clock may be set: the engine looks at least this often whether something has become due. */
const longestSleepMs = 5000;

/**
 * Opens the engine on its SQLite file.
 * @throws Error when the file can't be used or a newer version wrote it
 */
export function openEngine(options: EngineOptions): Engine {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements Engine {
  readonly file: string;
  readonly settings: EngineSettings;
  readonly clock: EngineClock;
  readonly log: EngineLog;
  readonly figures: EngineFigures;
  readonly #db: Database.Database;
  readonly #state: State;
  readonly #runner: Runner;
  readonly #polls: LongPolls;
  readonly #streams: JobStreams;
  readonly #waiters: Waiters;
  readonly #background: BackgroundWork;
  readonly #checkpoints: Checkpoints;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #proveWritable: Database.Statement;
  #queue: Queued[] = [];
  #scheduled = false;
  #closed = false;
  #healthy = true;
  #sleep: NodeJS.Timeout | undefined;
  #lastQueuedAt = Number.NEGATIVE_INFINITY;
  #counts = { commands: 0, rejections: 0, commits: 0 };

  constructor({ file, settings, clock, log, globalListeners = [] }: EngineOptions) {
    this.file = file;
    this.settings = { ...defaultSettings, ...settings };
    feelLimits.maxMs = this.settings.maxExpressionMs;
    feelLimits.maxSteps = this.settings.maxExpressionSteps;
    feelLimits.maxDepth = this.settings.maxExpressionDepth;
    this.clock = clock ?? new EngineClock();
    this.log = log ?? errorsToStderr;
    this.#db = openDatabase(file);
    const keys = new Keys(this.#db);
    this.#state = new State(this.#db, keys, this.settings.maxMessageBytes);
    const { definitions } = this.#state;
    const events = new EventTally(
      (ref) => definitions.element(ref),
      (incident) => this.log.warn(incident, 'incident raised'),
    );
    this.figures = new EngineFigures(events);
    this.#polls = new LongPolls(this.settings);
    this.#streams = new JobStreams(this.settings.maxOpenPolls, () => this.#schedule());
    this.#waiters = new Waiters(this.settings.defaultAnswerTimeoutMs);
    this.#background = new BackgroundWork(this.#state, this.settings, this.clock);
    this.#runner = new Runner(
      this.#state,
      keys,
      this.settings,
      this.clock,
      { events, log: this.log },
      (type) => {
        this.#streams.wake(type);
        this.#polls.wake(type);
      },
      (batch, isNew) => this.#background.stir(batch, isNew),
    );
    this.#checkpoints = new Checkpoints(this.#db, file, this.log);
    this.#begin = this.#db.prepare('BEGIN IMMEDIATE');
    this.#commit = this.#db.prepare('COMMIT');
    // what stays as it is SQLite does not write
    this.#proveWritable = this.#db.prepare(
      `INSERT INTO engine_meta VALUES ('proof', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1`,
    );
    this.#runInTransaction(() => this.#state.globalListeners.configure(globalListeners));
    this.#planNext();
  }

  #runInTransaction(act: () => void): void {
    this.#begin.run();
    act();
    this.#state.flush();
    this.#commit.run();
  }

  async execute<T extends CommandType>(command: Command<T>, actor: Actor = anonymous): Promise<Response<T>> {
    const { type } = command;
    const request = command as unknown as Request<T>;
    const act = withAuditLog(await this.#actOf(command), type, request, actor);
    const refused = (rejection: CommandRejection) => auditRefusal(type, request, actor, rejection);
    return (await this.#enqueue(act, refused)) as Response<T>;
  }

  async activateJobs(request: ActivateJobsRequest, signal?: AbortSignal): Promise<ActivatedJob[]> {
    if (this.#closed) throw closing();
    const jobs = this.#polls.wait(request, signal);
    this.#schedule();
    return await jobs;
  }

  streamJobs(request: StreamJobsRequest, push: PushJob): JobStream {
    if (this.#closed) throw closing();
    return this.#streams.add(request, push);
  }

  status(): EngineStatus {
    return {
      queuedCommands: this.#queue.length,
      openPolls: this.#polls.open,
      openStreams: this.#streams.open,
      ...this.#counts,
      healthy: this.#healthy && !this.#closed,
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#sleep);
    for (const { settle } of this.#queue.splice(0)) settle({ rejection: closing() });
    this.#polls.endAll();
    this.#waiters.endAll(closing());
    await this.#checkpoints.close();
    this.#db.close();
  }

  async #actOf<T extends CommandType>(command: Command<T>): Promise<Act> {
    // files are read and judged outside of the queue: only what is sound takes the engine's time
    if (command.type === 'deployment.create') {
      const prepared = await prepareDeployment(command as Command<'deployment.create'>);
      return (run) => deploy(run, prepared);
    }
    const processor = processors[command.type as keyof typeof processors] as unknown as Processor<T>;
    return (run) => processor(run, command as unknown as Request<T>, this.clock);
  }

  #enqueue(act: Act, refused?: Queued['refused']): Promise<unknown> {
    if (this.#closed) return Promise.reject(closing());
    if (this.#queue.length >= this.settings.maxQueuedCommands) {
      this.figures.dropped++;
      const reason = 'Reached maximum capacity of requests handled';
      return Promise.reject(new CommandRejection('RESOURCE_EXHAUSTED', reason));
    }
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer) => ('rejection' in answer ? reject(answer.rejection) : resolve(answer.value));
      this.figures.received++;
      this.#lastQueuedAt = performance.now();
      this.#queue.push({ act, queuedAt: this.#lastQueuedAt, settle, refused });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    // after the requests that have arrived by now: they share the commit
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#runBatch();
    });
  }

  /** What is due and as many commands as a batch takes, in one transaction; the answers leave after the commit. */
  #runBatch(): void {
    const settlements: Settlement[] = [];
    const batch = this.#queue.slice(0, this.settings.maxBatchCommands);
    const startedAt = performance.now();
    let taken = 0;
    let committingAt = startedAt;
    try {
      this.#begin.run();
      if (!this.#healthy) this.#proveWritable.run();
      const { maxBatchMs } = this.settings;
      const isAsked = startedAt - this.#lastQueuedAt < askedForMs;
      this.#sweep(settlements, isAsked ? maxBatchMs / 4 : maxBatchMs);
      const pinnedAt = this.clock.pinnedAtMs;
      for (const queued of batch) {
        taken++;
        this.#take(queued, settlements);
        if (performance.now() - startedAt > maxBatchMs) break;
      }
      // a command may have moved the clock: what that makes due has happened before the command is answered
      const isMoved = this.clock.pinnedAtMs !== pinnedAt;
      this.#sweep(settlements, isMoved ? Number.POSITIVE_INFINITY : maxBatchMs / 4);
      this.#workInBackground(settlements);
      this.#serveWorkers(settlements);
      this.#state.jobStatistics.write();
      committingAt = performance.now();
      this.#commit.run();
    } catch (error) {
      this.#rollBack(batch.slice(0, taken), settlements, error);
      return;
    } finally {
      this.#queue.splice(0, taken);
    }
    this.#healthy = true;
    this.#counts.commits++;
    const committedAt = performance.now();
    for (const settlement of settlements) settlement();
    this.#measure(batch.slice(0, taken), { startedAt, committingAt, committedAt });
    this.#checkpoints.committed();
    this.#planNext();
  }

  #measure(batch: Queued[], { startedAt, committingAt, committedAt }: BatchTimes): void {
    const { figures } = this;
    figures.events.committed();
    figures.commitSeconds.observe((committedAt - committingAt) / 1000);
    figures.batchSeconds.observe((committedAt - startedAt) / 1000);
    figures.batchCommands.observe(batch.length);
    for (const { queuedAt } of batch) figures.latencySeconds.observe((committedAt - queuedAt) / 1000);
    if (committedAt - committingAt < this.settings.slowCommitMs) return;
    const fields = { commitMs: Math.round(committedAt - committingAt), commands: batch.length };
    this.log.warn(fields, 'slow commit');
  }

  /** Due timers, jobs and messages. */
  #sweep(settlements: Settlement[], maxMs: number): void {
    const due = this.#dueAt();
    if (due === null || due > this.clock.now()) return;
    sweep(this.#state, this.settings, this.clock.now(), maxMs, (act) => {
      const performed = this.#runner.perform(act);
      this.#answerWaiters(performed, settlements);
      return 'rejection' in performed.outcome ? 'failed' : 'done';
    });
  }

  /** A step of batch operations and of the deletion of history: the next one comes after the commands that wait now. */
  #workInBackground(settlements: Settlement[]): void {
    if (this.#background.waitMs() !== 0) return;
    this.#background.step((act) => {
      const performed = this.#runner.perform(act);
      this.#answerWaiters(performed, settlements);
      return 'rejection' in performed.outcome ? performed.outcome.rejection : undefined;
    });
  }

  #take({ act, settle, refused }: Queued, settlements: Settlement[]): void {
    const performed = this.#runner.perform(act);
    const { outcome } = performed;
    this.#counts.commands++;
    if (outcome instanceof Deferred) this.#waiters.add(outcome, settle);
    else {
      if ('rejection' in outcome) {
        this.#counts.rejections++;
        const audit = refused?.(outcome.rejection);
        if (audit) this.#runner.perform(audit);
      }
      settlements.push((failure) => settle(failure ? { rejection: failure } : outcome));
    }
    this.#answerWaiters(performed, settlements);
  }

  #answerWaiters({ answers, ended }: Performed, settlements: Settlement[]): void {
    for (const [name, answer] of answers) {
      const waiter = this.#waiters.take(name);
      if (waiter) settlements.push((failure) => waiter.settle(failure ? { rejection: failure } : answer));
    }
    for (const name of ended) {
      const waiter = this.#waiters.take(name);
      if (!waiter) continue;
      const answer = this.#runner.conclude(waiter.conclude!);
      settlements.push((failure) => waiter.settle(failure ? { rejection: failure } : answer));
    }
  }

  /** Jobs are given away in the transaction that they appeared in: to those who stream first, as Zeebe does. */
  #serveWorkers(settlements: Settlement[]): void {
    const activate = (request: ActivateJobsRequest) => {
      const attempt = () => this.#runner.perform((run) => activateJobs(run, request)).outcome;
      let outcome = attempt();
      if ('rejection' in outcome) {
        setAsideJobs(this.#state, request, (act) =>
          'rejection' in this.#runner.perform(act).outcome ? 'failed' : 'done',
        );
        outcome = attempt();
      }
      return 'value' in outcome ? (outcome.value as ActivatedJob[]) : [];
    };
    const given: Settlement[] = [];
    const afterCommit = (told: (undone: boolean) => void) => void given.push((failure) => told(failure !== undefined));
    this.#streams.serve(activate, afterCommit);
    this.#polls.serve(activate, afterCommit);
    // they go out first: a worker has still to begin what the others have behind them
    settlements.unshift(...given);
  }

  /** The disk is full, or worse: nothing of the batch has happened, and its callers are told so. */
  #rollBack(taken: Queued[], settlements: Settlement[], error: unknown): void {
    this.#healthy = false;
    this.log.error({ err: error, commands: taken.length }, 'nothing of a batch could be written');
    this.figures.events.undoTo(0);
    this.#runner.forgetEverything();
    this.#background.recheck();
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    const failure = writeFailure(error);
    for (const settlement of settlements) settlement(failure);
    for (const { settle } of taken) settle({ rejection: failure });
    this.#sleepFor(1000);
  }

  #dueAt(): number | null {
    return this.#state.queries.nextDueAt.get() as number | null;
  }

  #planNext(): void {
    if (this.#closed) return;
    const backgroundMs = this.#background.waitMs() ?? Number.POSITIVE_INFINITY;
    if (this.#queue.length > 0 || this.#polls.hasWoken || this.#streams.hasWoken || backgroundMs === 0) {
      this.#schedule();
      return;
    }
    const due = this.#dueAt();
    const dueMs = due === null ? Number.POSITIVE_INFINITY : due - this.clock.now();
    if (dueMs <= 0) this.#schedule();
    else {
      const waitMs = Math.min(this.clock.pinned ? Number.POSITIVE_INFINITY : dueMs, backgroundMs);
      if (waitMs < Number.POSITIVE_INFINITY) this.#sleepFor(Math.min(waitMs, longestSleepMs));
    }
  }

  #sleepFor(ms: number): void {
    clearTimeout(this.#sleep);
    this.#sleep = setTimeout(() => this.#schedule(), ms);
    this.#sleep.unref();
  }
}

/** A full disk is Zeebe's "out of disk space", which its clients wait out; what else may be wrong nobody can say. */
function writeFailure(error: unknown): CommandRejection {
  return (error as { code?: unknown } | undefined)?.code === 'SQLITE_FULL'
    ? new CommandRejection('RESOURCE_EXHAUSTED', 'Cannot accept requests: the engine is out of disk space')
    : new CommandRejection('INTERNAL_ERROR', 'The engine could not write to its database');
}

const closing = () => new CommandRejection('UNAVAILABLE', 'The engine is shutting down');
