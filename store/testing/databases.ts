import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';
import { openStore, type Store, type StoreSettings } from '../open-store.ts';

/** A database of a test's own, with its tables. */
export interface TestDatabase {
  store: Store;
  /** To open it once more, as another node does. */
  settings: StoreSettings;
  /** Every byte that the database keeps of a table's rows: where nothing personal may be read. */
  rawBytes(table: string): Promise<Buffer>;
  /** Closes the store and takes the database away. */
  drop(): Promise<void>;
}
export interface DatabaseKind {
  name: 'SQLite' | 'MariaDB';
  /** With its tables, unless told to leave it empty. */
  open(options?: { migrated: boolean }): Promise<TestDatabase>;
}
const piiKey = 'a key that is made for tests and opens nothing else';

async function openSqlite({ migrated } = { migrated: true }): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liandong-store-'));
  const settings: StoreSettings = { file: path.join(folder, 'liandong.sqlite'), piiKey };
  const store = await openStore(settings);
  if (migrated) await store.migrate();
  return {
    store,
    settings,
    async rawBytes() {
      await store.knex.raw('pragma wal_checkpoint(truncate)');
      return readFile(settings.file!);
    },
    async drop() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function onServer(address: string, sql: string): Promise<void> {
  const connection = await createConnection(address);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

async function openMariadb(address: string, { migrated } = { migrated: true }): Promise<TestDatabase> {
  const schema = `liandong_test_${randomBytes(6).toString('hex')}`;
  // Not utf8mb4_bin: the tables must bring their own collation.
  await onServer(address, `create database ${schema} character set utf8mb4 collate utf8mb4_general_ci`);
  const settings: StoreSettings = { databaseUrl: new URL(schema, address).href, piiKey };
  const store = await openStore(settings);
  if (migrated) await store.migrate();
  return {
    store,
    settings,
    async rawBytes(table) {
      const [rows] = await store.knex.raw('select * from ??', [table]);
      return Buffer.from(JSON.stringify(rows));
    },
    async drop() {
      await store.close();
      await onServer(address, `drop database ${schema}`);
    },
  };
}

function availableDatabases(): DatabaseKind[] {
  const sqlite: DatabaseKind = { name: 'SQLite', open: openSqlite };
  const address = process.env.MARIADB_URL;
  if (address) return [sqlite, { name: 'MariaDB', open: (options) => openMariadb(address, options) }];
  const why = 'MARIADB_URL is not set (scripts/mariadb.sh start prints one)';
  if (process.env.REQUIRE_MARIADB === '1') throw new Error(`MariaDB is demanded by REQUIRE_MARIADB, but ${why}`);
  process.stderr.write(`skipped: MariaDB, ${why}\n`);
  return [sqlite];
}

/** What a store's test runs on, one after the other. */
export const databases: DatabaseKind[] = availableDatabases();
