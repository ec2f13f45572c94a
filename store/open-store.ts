import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Stores } from '../domain/ports/stores.ts';
import { connectMysql } from './connect-mysql.ts';
import { connectSqlite } from './connect-sqlite.ts';
import type { Database } from './database.ts';
import { migrateDatabase, pendingMigrations } from './migrate.ts';
import { prune, type Served } from './prune.ts';
import { makeSeal, type Seal } from './seal.ts';
import { storesOn } from './stores.ts';
import { demandNoTransaction, transact } from './transaction.ts';

export interface StoreSettings {
  /** `mysql://user:password@host:port/schema`; without it, SQLite in `file`. */
  databaseUrl?: string;
  /** Path of the SQLite file (two connections share it, so `:memory:` is none). */
  file?: string;
  piiKey: Buffer | string;
  /** Keys that `piiKey` replaced: what they sealed still opens. */
  formerPiiKeys?: (Buffer | string)[];
}
export interface Store {
  dialect: Database['dialect'];
  /** Outside any transaction. Inside `transaction` use only the stores it hands in: these refuse. */
  stores: Stores;
  /** Begun again on a deadlock: `work` has no effect but on the database. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  migrate(): Promise<void>;
  /** Takes away rows that have served; see prune.ts. @returns how many */
  prune(served: Served): Promise<number>;
  /** @throws when the database does not answer. */
  ping(): Promise<void>;
  /** Migrations that have not run yet. */
  pendingMigrations(): Promise<string[]>;
  close(): Promise<void>;
  /** The writing connection (SQLite) or the pool (MySQL). */
  knex: Knex;
  /** For connect-session-knex (table `sessions`): on SQLite a file of its own, so that none waits for a transaction. */
  sessionsKnex: Knex;
}

interface Connections {
  database: Database;
  sessions: Knex;
  all: Knex[];
}

async function connect({ databaseUrl, file }: StoreSettings): Promise<Connections> {
  if (databaseUrl) {
    const pool = connectMysql(databaseUrl);
    return { database: databaseOn('mysql', pool, pool), sessions: pool, all: [pool] };
  }
  if (!file || file === ':memory:') throw new Error('openStore needs a databaseUrl or the path of a SQLite file');
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const { writer, reader, sessions } = connectSqlite(file);
  // The reader opens the file read-only: the writer makes it, and its WAL, first.
  await writer.raw('select 1');
  return { database: databaseOn('sqlite', reader, writer), sessions, all: [reader, sessions, writer] };
}

function databaseOn(dialect: Database['dialect'], read: Knex, write: Knex): Database {
  return {
    dialect,
    get read() {
      demandNoTransaction(write);
      return read;
    },
    get write() {
      demandNoTransaction(write);
      return write;
    },
    atomically: (work) => transact(write, dialect, work),
  };
}

function storeOn({ database, sessions, all }: Connections, seal: Seal): Store {
  const { dialect, read, write } = database;
  return {
    dialect,
    stores: storesOn(database, seal),
    transaction: (work) => database.atomically((inside) => work(storesOn(inside, seal))),
    migrate: () => migrateDatabase(write, sessions, dialect),
    prune: (served) => prune(database, served),
    async ping() {
      await read.raw('select 1');
    },
    pendingMigrations: () => pendingMigrations(write),
    async close() {
      for (const connection of all) await connection.destroy();
    },
    knex: write,
    sessionsKnex: sessions,
  };
}

/** Opens the database; `migrate()` makes or updates its tables. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const seal = makeSeal([settings.piiKey, ...(settings.formerPiiKeys ?? [])]);
  return storeOn(await connect(settings), seal);
}
