import type { EngineClock } from '../clock.ts';
import type { EngineSettings } from '../settings.ts';
import type { BatchOperationRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { BatchWork, type Perform } from './batch-work.ts';
import { DefinitionPurge } from './definition-purge.ts';
import { Retention } from './retention.ts';

/** Rows that a step takes away. */
const maxDeletedRows = 2000;

/** What is done between other commands, a bounded step in each transaction while there is something to do. */
export class BackgroundWork {
  readonly #state: State;
  readonly #batches: BatchWork;
  readonly #purge: DefinitionPurge;
  readonly #retention: Retention | undefined;

  constructor(state: State, settings: EngineSettings, clock: EngineClock) {
    this.#state = state;
    this.#batches = new BatchWork(state, settings);
    this.#purge = new DefinitionPurge(state);
    this.#retention =
      settings.historyRetentionMs === 0 ? undefined : new Retention(state, clock, settings.historyRetentionMs);
  }

  stir(batch: BatchOperationRow, isNew: boolean): void {
    this.#batches.stir(batch, isNew);
  }

  /** After a transaction that was lost. */
  recheck(): void {
    this.#state.historyDeletion.recheck();
    this.#state.deployments.purging = true;
    this.#batches.recheck();
  }

  /** How long until the next step, undefined when there is none to come. */
  waitMs(): number | undefined {
    if (this.#state.historyDeletion.pending) return 0;
    const waits = [this.#batches.waitMs(), this.#purge.waitMs(), this.#retention?.waitMs()].filter(
      (wait) => wait !== undefined,
    );
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  step(perform: Perform): void {
    if (this.#batches.waitMs() === 0) this.#batches.step(perform);
    if (this.#purge.waitMs() === 0) this.#purge.step(perform);
    if (this.#retention?.waitMs() === 0) this.#retention.step(perform);
    const { historyDeletion } = this.#state;
    if (historyDeletion.pending && perform(() => historyDeletion.step(maxDeletedRows))) historyDeletion.setAside();
  }
}
