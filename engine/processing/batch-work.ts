import type Database from 'better-sqlite3';
import type { CommandRejection } from '../command-rejection.ts';
import type { EngineSettings } from '../settings.ts';
import type { BatchOperationItemRow, BatchOperationRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { itemQuery, workOn } from './batch-items.ts';
import type { Act } from './runner.ts';

/** Runs one unit of work; tells why when it was refused. */
export type Perform = (act: Act) => CommandRejection | undefined;

/**
 * Takes the batch operations forward, each in its turn by a bounded step: a page of items is listed, or some items are
 * worked on, each a unit of work of its own that also notes its outcome. All that is known of the progress is in the
 * tables.
 */
export class BatchWork {
  readonly #state: State;
  readonly #settings: EngineSettings;
  readonly #nextKey: Database.Statement;
  /** Batches that wait a moment before they begin, as Camunda's do: by when (real time). */
  readonly #waiting = new Map<number, number>();
  #pending = true;
  #last = 0;

  constructor(state: State, settings: EngineSettings) {
    this.#state = state;
    this.#settings = settings;
    this.#nextKey = state.db
      .prepare(`SELECT key FROM batch_operation WHERE state IN ('CREATED', 'ACTIVE') AND key > ? ORDER BY key LIMIT 1`)
      .pluck();
  }

  /** A batch operation was made or goes on. */
  stir(batch: BatchOperationRow, isNew: boolean): void {
    this.#pending = true;
    if (isNew && this.#settings.batchOperationDelayMs > 0) {
      this.#waiting.set(batch.key, performance.now() + this.#settings.batchOperationDelayMs);
    }
  }

  recheck(): void {
    this.#pending = true;
  }

  /** How long until there is something to do; undefined: nothing. */
  waitMs(): number | undefined {
    if (!this.#pending) return undefined;
    if (this.#waiting.size === 0) return 0;
    if (this.#next() !== undefined) return 0;
    const first = Math.min(...this.#waiting.values());
    return Math.max(first - performance.now(), 0);
  }

  step(perform: Perform): void {
    const key = this.#next();
    if (key === undefined) {
      if (this.#waiting.size === 0) this.#pending = false;
      return;
    }
    this.#last = key;
    if (this.#isListed(key)) this.#work(key, perform);
    else this.#list(key, perform);
  }

  /** Batches take turns, so that a large one does not hold up the others. */
  #next(): number | undefined {
    const now = performance.now();
    for (const [key, begin] of this.#waiting) if (begin <= now) this.#waiting.delete(key);
    let after = this.#last;
    for (let tries = this.#waiting.size + 2; tries > 0; tries--) {
      const key = this.#nextKey.get(after) as number | undefined;
      if (key !== undefined && !this.#waiting.has(key)) return key;
      after = key ?? 0;
    }
    return undefined;
  }

  #isListed(key: number): boolean {
    return this.#state.db.prepare('SELECT after_key IS NULL FROM batch_operation WHERE key = ?').pluck().get(key) === 1;
  }

  /** Adds a page of items, so that a batch over a million instances is no single transaction either. */
  #list(key: number, perform: Perform): void {
    const failure = perform((run) => {
      const batch = run.state.batchOperations.get(key)!;
      const { parameters } = batch.selection;
      const pageSize = run.settings.batchOperationPageItems;
      const query = run.state.db.prepare<unknown[], BatchOperationItemRow>(itemQuery(batch));
      const page = query.all(...parameters, batch.afterKey, pageSize);
      const added = page.filter((item) => run.state.batchItems.add(key, item)).length;
      const isLast = page.length < pageSize;
      const total = batch.total + added;
      run.emit('batch-operation.changed', batch, {
        total,
        afterKey: isLast ? null : page.at(-1)!.itemKey,
        ...(isLast && (total === 0 ? { state: 'COMPLETED', endedAt: run.now } : { state: 'ACTIVE' })),
      });
    });
    if (!failure) return;
    perform((run) => {
      const errors = [{ partitionId: 1, type: 'QUERY_FAILED', message: failure.reason }];
      const batch = run.state.batchOperations.get(key)!;
      run.emit('batch-operation.changed', batch, { state: 'FAILED', endedAt: run.now, errors });
    });
  }

  #work(key: number, perform: Perform): void {
    const startedAt = performance.now();
    const open = this.#state.batchItems.open(key, this.#settings.batchOperationChunkItems);
    for (const itemKey of open) {
      const rejection = perform((run) => {
        const batch = run.state.batchOperations.get(key)!;
        workOn(run, batch, itemKey);
        run.state.batchItems.close(key, itemKey, 'COMPLETED', run.now, null);
        run.emit('batch-operation.changed', batch, { completed: batch.completed + 1 });
      });
      if (rejection)
        perform((run) => {
          const batch = run.state.batchOperations.get(key)!;
          // what is gone already needs nothing done: Camunda counts it as done
          const skipped = rejection.type === 'NOT_FOUND';
          const error = skipped ? null : `${rejection.type}: ${rejection.reason}`;
          run.state.batchItems.close(key, itemKey, skipped ? 'SKIPPED' : 'FAILED', run.now, error);
          const change = skipped ? { completed: batch.completed + 1 } : { failed: batch.failed + 1 };
          run.emit('batch-operation.changed', batch, change);
        });
      if (performance.now() - startedAt > this.#settings.maxBatchMs / 2) return;
    }
    if (open.length === this.#settings.batchOperationChunkItems) return;
    perform((run) => {
      const batch = run.state.batchOperations.get(key)!;
      run.emit('batch-operation.changed', batch, { state: 'COMPLETED', endedAt: run.now });
    });
  }
}
