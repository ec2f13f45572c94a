import type { Knex } from 'knex';

/**
 * Where queries go. Outside a transaction SQLite has two connections, so that a read never waits for a transaction
 * in flight; inside one, and on MySQL, `read` and `write` are the same.
 */
export interface Database {
  dialect: 'sqlite' | 'mysql';
  read: Knex;
  write: Knex;
  /** Runs `work` in a transaction: the one under way, or one of its own. */
  atomically<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

export function inTransaction(dialect: Database['dialect'], trx: Knex.Transaction): Database {
  const database: Database = { dialect, read: trx, write: trx, atomically: (work) => work(database) };
  return database;
}
