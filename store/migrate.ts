import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { createTable } from './table-builder.ts';
import type { Database } from './database.ts';

const folder = new URL('../migrations/', import.meta.url);
const numbered = /^\d{4}-[a-z0-9-]+\.ts$/;
const lockName = 'liandong-migrate';
const lockWaitSeconds = 120;

type Migration = { up: NonNullable<Knex.Migration['up']> };

/** A built server runs without a TypeScript loader, and only a migration that is still to be done needs one. */
async function loadMigration(href: string): Promise<Migration> {
  try {
    return (await import(href)) as Migration;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    const { tsImport } = await import('tsx/esm/api');
    return (await tsImport(href, import.meta.url)) as Migration;
  }
}

/** Named by their file, extension and all; a merged one is never edited, and there is no way down. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => (await readdir(fileURLToPath(folder))).filter((name) => numbered.test(name)).sort(),
  getMigrationName: (name) => name,
  async getMigration(name) {
    const { up } = await loadMigration(new URL(name, folder).href);
    const down = () => Promise.reject(new Error(`${name} cannot be undone`));
    return { up, down };
  },
};

/** connect-session-knex makes its table at the first request; here, so that two nodes do not make it at once. */
async function createSessions(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('sessions')) return;
  await createTable(knex, 'sessions', (table) => {
    table.string('sid').primary();
    table.text('sess', 'mediumtext').notNullable();
    table.dateTime('expired').notNullable().index();
  });
}

async function latest(knex: Knex): Promise<void> {
  // Whoever gets here is alone (below), so a lock that is still there was left by a process that died.
  await knex.migrate.forceFreeMigrationsLock({ migrationSource });
  await knex.migrate.latest({ migrationSource });
}

/** Brings the tables to this version; several nodes that start at once do it once, the others wait. */
export async function migrateDatabase(knex: Knex, sessions: Knex, dialect: Database['dialect']): Promise<void> {
  if (dialect === 'sqlite') {
    await latest(knex);
    return createSessions(sessions);
  }
  await knex.transaction(async (trx) => {
    const [rows] = await trx.raw('select get_lock(?, ?) as taken', [lockName, lockWaitSeconds]);
    if (rows[0].taken !== 1) throw new Error('another node has been migrating the database for two minutes');
    try {
      await latest(knex);
      await createSessions(sessions);
    } finally {
      await trx.raw('select release_lock(?)', [lockName]);
    }
  });
}

export async function pendingMigrations(knex: Knex): Promise<string[]> {
  const [, pending] = (await knex.migrate.list({ migrationSource })) as [unknown, string[]];
  return pending;
}
