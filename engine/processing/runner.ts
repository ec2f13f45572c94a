import type { EngineClock } from '../clock.ts';
import { CommandRejection } from '../command-rejection.ts';
import type { EngineLog } from '../engine-log.ts';
import type { EventTally } from '../metrics/event-tally.ts';
import type { EngineSettings } from '../settings.ts';
import type { EventName, EventRows } from '../state/appliers.ts';
import type { Keys } from '../state/keys.ts';
import { isProcessInstance, jobPhase, type BatchOperationRow, type InstanceRow, type JobRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { VariableTooLarge } from '../state/variables.ts';
import { Deferred, instanceWaiter } from './deferred.ts';
import { Incident } from './incident.ts';
import { runSteps } from './life-cycle.ts';
import { Run, type Answer } from './run.ts';

/** What a command does: it decides and begins, the runner brings it to its end. */
export type Act = (run: Run) => unknown;

export interface Performed {
  outcome: Answer | Deferred;
  /** Answers to commands that waited: by waiter. */
  answers: ReadonlyMap<string, Answer>;
  /** Waiters of process instances that have completed. */
  ended: string[];
}

/** Who is told what happens. */
export interface Witnesses {
  events: EventTally;
  log: EngineLog;
}

/** Runs commands one at a time, each a unit of work that is written whole or not at all. */
export class Runner {
  readonly #state: State;
  readonly #keys: Keys;
  readonly #settings: EngineSettings;
  readonly #clock: EngineClock;
  readonly #events: EventTally;
  readonly #log: EngineLog;
  readonly #jobsAppeared: (type: string) => void;
  readonly #batchStirred: (batch: BatchOperationRow, isNew: boolean) => void;
  #ended: string[] = [];

  constructor(
    state: State,
    keys: Keys,
    settings: EngineSettings,
    clock: EngineClock,
    { events, log }: Witnesses,
    jobsAppeared: (type: string) => void,
    batchStirred: (batch: BatchOperationRow, isNew: boolean) => void,
  ) {
    this.#state = state;
    this.#keys = keys;
    this.#settings = settings;
    this.#clock = clock;
    this.#events = events;
    this.#log = log;
    this.#jobsAppeared = jobsAppeared;
    this.#batchStirred = batchStirred;
  }

  /** Must be called inside a transaction; a command that fails leaves no trace in it. */
  perform(act: Act): Performed {
    const run = this.#run();
    const mark = this.#events.mark;
    this.#ended = [];
    try {
      const result = act(run);
      runSteps(run);
      this.#state.flush();
      const outcome = result instanceof Deferred ? result : { value: result };
      return { outcome, answers: run.answers, ended: this.#ended };
    } catch (error) {
      this.#undo(error);
      this.#events.undoTo(mark);
      // a full disk makes SQLite take back the whole transaction: the batch is lost, not this command alone
      if (!this.#state.db.inTransaction) throw error;
      return { outcome: { rejection: this.#rejectionOf(error) }, answers: new Map(), ended: [] };
    }
  }

  /** Reads only. */
  conclude(conclude: (run: Run) => Answer): Answer {
    const answer = conclude(this.#run());
    this.#state.discard();
    return answer;
  }

  forgetEverything(): void {
    this.#state.forgetAll();
    this.#state.definitions.forgetAll();
    this.#keys.forgetReservation();
  }

  #run(): Run {
    const listener = (name: EventName, row: EventRows[EventName]) => this.#observe(name, row);
    return new Run(this.#state, this.#keys, this.#settings, this.#clock.now(), listener);
  }

  #undo(error: unknown): void {
    this.#state.discard();
    this.#keys.forgetReservation();
    if (!(error instanceof CommandRejection)) this.#state.definitions.forgetAll();
  }

  #observe(name: EventName, row: EventRows[EventName]): void {
    this.#events.note(name, row);
    if (name.startsWith('job.')) {
      const { type, phase } = row as JobRow;
      const appeared = name === 'job.created' || name === 'job.available' || name === 'job.failed';
      // one that is kept back from its worker makes way for those behind it
      const madeWay = name === 'job.changed' && phase === jobPhase.stuck;
      if (madeWay || (appeared && phase === jobPhase.activatable)) this.#jobsAppeared(type);
    } else if (
      // whoever awaits the result of an instance that is terminated hears nothing until his time is up, as in Zeebe
      name === 'element.completed' &&
      isProcessInstance(row as InstanceRow)
    ) {
      this.#ended.push(instanceWaiter(row.key));
    } else if (name === 'batch-operation.created' || name === 'batch-operation.changed') {
      this.#batchStirred(row as BatchOperationRow, name === 'batch-operation.created');
    }
  }

  #rejectionOf(error: unknown): CommandRejection {
    if (error instanceof CommandRejection) return error;
    // an expression that a command itself evaluates, outside of any element that could carry an incident
    if (error instanceof Incident) return new CommandRejection('INVALID_STATE', error.message);
    if (error instanceof VariableTooLarge) return new CommandRejection('INVALID_ARGUMENT', error.message);
    this.#log.error({ err: error }, 'a command failed and was undone');
    return new CommandRejection('INTERNAL_ERROR', 'The command failed unexpectedly; nothing of it has been written');
  }
}
