import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { type Database, inTransaction } from './database.ts';

/** Enough for 50 registrations at one instant on one row; a work that still fails then is reported. */
const maxAttempts = 12;
const retryable = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_CHECKREAD|SQLITE_BUSY.*)$/;

export const isLockLost = (error: unknown): boolean =>
  error instanceof Error && retryable.test(String((error as Error & { code?: unknown }).code));

/**
 * One transaction; begun again from its start when the database chose it as a deadlock's victim. So `work` must hold
 * no effect outside the database, and gather nothing in variables outside itself.
 */
export async function transact<T>(
  knex: Knex,
  dialect: Database['dialect'],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction((trx) => work(inTransaction(dialect, trx)));
    } catch (error) {
      if (attempt >= maxAttempts || !isLockLost(error)) throw error;
      await sleep(Math.random() * 10 * attempt);
    }
  }
}
