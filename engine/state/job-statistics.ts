import type Database from 'better-sqlite3';
import type { JobRow } from './rows.ts';

/** The finest part of time that jobs are counted by; Camunda's exporter writes its counts every few minutes. */
export const statisticsBucketMs = 60_000;

export type JobStatus = 'created' | 'completed' | 'failed';

interface Counted {
  status: JobStatus;
  type: string;
  worker: string;
  at: number;
}

interface Totals {
  bucket: number;
  type: string;
  worker: string;
  firstAt: number;
  lastAt: number;
  created: number;
  createdAt: number | null;
  completed: number;
  completedAt: number | null;
  failed: number;
  failedAt: number | null;
}

/**
 * How many jobs were created, completed and failed (a thrown error and a missed deadline are failures too, as in Zeebe),
 * by minute, type and worker. Counted in memory while a transaction lasts and written with it: one row for each type
 * and worker that moved, however many jobs did.
 */
export class JobStatistics {
  readonly #add: Database.Statement;
  readonly #counted: Counted[] = [];
  /** What earlier commands of the transaction have counted. */
  #settled = 0;

  constructor(db: Database.Database) {
    this.#add = db.prepare(
      `INSERT INTO job_statistic
         VALUES (@bucket, @type, @worker, @firstAt, @lastAt, @created, @createdAt, @completed, @completedAt, @failed, @failedAt)
       ON CONFLICT (bucket, type, worker) DO UPDATE SET
         first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
         created = created + excluded.created, created_at = coalesce(excluded.created_at, created_at),
         completed = completed + excluded.completed, completed_at = coalesce(excluded.completed_at, completed_at),
         failed = failed + excluded.failed, failed_at = coalesce(excluded.failed_at, failed_at)`,
    );
  }

  /** A job that has just been created has no worker yet. */
  count(status: JobStatus, { type, worker }: JobRow, at: number): void {
    this.#counted.push({ status, type, worker: worker ?? '', at });
  }

  /** The command's work is done. */
  settle(): void {
    this.#settled = this.#counted.length;
  }

  /** The command is undone. */
  discard(): void {
    this.#counted.length = this.#settled;
  }

  forgetAll(): void {
    this.#counted.length = 0;
    this.#settled = 0;
  }

  /** Must be called inside the transaction, before it is committed. */
  write(): void {
    if (this.#counted.length === 0) return;
    const rows = new Map<string, Totals>();
    for (const { status, type, worker, at } of this.#counted) {
      const bucket = Math.floor(at / statisticsBucketMs) * statisticsBucketMs;
      const name = `${bucket} ${worker.length} ${worker} ${type}`;
      let row = rows.get(name);
      if (!row) {
        row = { ...noJobs, bucket, type, worker, firstAt: at, lastAt: at };
        rows.set(name, row);
      }
      row[status]++;
      row[`${status}At`] = at;
      row.lastAt = at;
    }
    for (const row of rows.values()) this.#add.run(row);
    this.forgetAll();
  }
}

const noJobs = { created: 0, createdAt: null, completed: 0, completedAt: null, failed: 0, failedAt: null };
