import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { type Database, inTransaction } from './database.ts';

/** Enough for 50 registrations at one instant on one row; a work that still fails then is reported. */
const maxAttempts = 12;
const retryable = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_CHECKREAD|SQLITE_BUSY.*)$/;

export const isLockLost = (error: unknown): boolean =>
  error instanceof Error && retryable.test(String((error as Error & { code?: unknown }).code));

/** Open until the transaction ends, whatever was started in it and lives on. */
interface UnderWay {
  knex: Knex;
  open: boolean;
}
const underWay = new AsyncLocalStorage<UnderWay>();

/**
 * A query beside the transaction that waits for it would wait forever on SQLite (one connection), would read what is
 * older than the transaction's own writes, and on MySQL would empty the pool under load: a sentence instead of a hang.
 */
export function demandNoTransaction(knex: Knex): void {
  const current = underWay.getStore();
  if (current?.open && current.knex === knex)
    throw new Error('inside a transaction use only the stores that it hands to its work');
}

/**
 * One transaction; begun again from its start when the database chose it as a deadlock's victim. So `work` must hold
 * no effect outside the database, and gather nothing in variables outside itself.
 */
export async function transact<T>(
  knex: Knex,
  dialect: Database['dialect'],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  demandNoTransaction(knex);
  for (let attempt = 1; ; attempt += 1) {
    const current: UnderWay = { knex, open: true };
    try {
      return await underWay.run(current, () => knex.transaction((trx) => work(inTransaction(dialect, trx))));
    } catch (error) {
      if (attempt >= maxAttempts || !isLockLost(error)) throw error;
      await sleep(Math.random() * 10 * attempt);
    } finally {
      current.open = false;
    }
  }
}
