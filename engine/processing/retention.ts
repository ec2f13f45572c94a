import type Database from 'better-sqlite3';
import type { EngineClock } from '../clock.ts';
import type { State } from '../state/state.ts';
import type { Perform } from './batch-work.ts';

/** How often is looked for what has become too old, and how much of it a step takes. */
const intervalMs = 60_000;
const maxRows = 200;

/**
 * Removes what has ended longer ago than the retention time: root process instances with all that they called,
 * evaluations of decisions outside of processes, batch operations, counts of jobs. Their indexes are made only where they are needed,
 * so that an engine that keeps its history does not pay for them.
 */
export class Retention {
  readonly #clock: EngineClock;
  readonly #retentionMs: number;
  readonly #instances: Database.Statement;
  readonly #called: Database.Statement;
  readonly #evaluations: Database.Statement;
  readonly #batches: Database.Statement;
  readonly #deleteItems: Database.Statement;
  readonly #deleteBatch: Database.Statement;
  readonly #deleteCounts: Database.Statement;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor({ db }: State, clock: EngineClock, retentionMs: number) {
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    db.exec(`
      CREATE INDEX IF NOT EXISTS process_instance_ended ON process_instance (ended_at)
        WHERE ended_at IS NOT NULL AND parent_key IS NULL;
      CREATE INDEX IF NOT EXISTS decision_instance_alone ON decision_instance (evaluated_at)
        WHERE process_instance_key IS NULL;`);
    this.#instances = db
      .prepare(
        `SELECT key FROM process_instance WHERE ended_at <= ? AND ended_at IS NOT NULL AND parent_key IS NULL
         ORDER BY ended_at LIMIT ?`,
      )
      .pluck();
    this.#called = db.prepare('SELECT key FROM process_instance WHERE root_key = ? AND root_key <> key').pluck();
    this.#evaluations = db
      .prepare(
        `SELECT DISTINCT evaluation_key FROM decision_instance WHERE process_instance_key IS NULL AND evaluated_at <= ?
         LIMIT ?`,
      )
      .pluck();
    this.#batches = db.prepare('SELECT key FROM batch_operation WHERE ended_at <= ? LIMIT 1').pluck();
    this.#deleteItems = db.prepare('DELETE FROM batch_operation_item WHERE batch_operation_key = ? LIMIT ?');
    this.#deleteBatch = db.prepare('DELETE FROM batch_operation WHERE key = ?');
    this.#deleteCounts = db.prepare('DELETE FROM job_statistic WHERE last_at <= ? AND bucket <= ? LIMIT ?');
  }

  waitMs(): number | undefined {
    const waitMs = this.#nextAt - this.#clock.now();
    if (waitMs <= 0) return 0;
    // a pinned clock moves by a command, which is looked at then
    return this.#clock.pinned ? undefined : waitMs;
  }

  step(perform: Perform): void {
    const before = this.#clock.now() - this.#retentionMs;
    let found = 0;
    const failure = perform((run) => {
      for (const key of this.#instances.all(before, maxRows) as number[]) {
        found++;
        for (const called of this.#called.all(key) as number[]) run.state.historyDeletion.mark(called);
        run.state.historyDeletion.mark(key);
      }
      for (const key of this.#evaluations.all(before, maxRows) as number[]) {
        found++;
        run.state.historyDeletion.deleteEvaluation(key);
      }
      run.state.beforeDirectWrite();
      found += this.#deleteCounts.run(before, before, maxRows).changes;
      const batch = this.#batches.get(before) as number | undefined;
      if (batch === undefined) return;
      found++;
      if (this.#deleteItems.run(batch, maxRows).changes < maxRows) this.#deleteBatch.run(batch);
    });
    // what fails is tried again after a while, and not at once for ever
    this.#nextAt = found === 0 || failure ? this.#clock.now() + intervalMs : Number.NEGATIVE_INFINITY;
  }
}
