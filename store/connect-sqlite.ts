import type Sqlite from 'better-sqlite3';
import knex, { type Knex } from 'knex';

interface Pragmas {
  synchronous: 'FULL' | 'NORMAL';
}

function connect(filename: string, pragmas: Pragmas, readonly: boolean): Knex {
  return knex({
    client: 'better-sqlite3',
    connection: { filename, options: { readonly } },
    useNullAsDefault: true,
    compileSqlOnError: false, // no values in messages: they reach logs
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: Sqlite.Database, done: (error: Error | null, connection: Sqlite.Database) => void) {
        connection.pragma('busy_timeout = 5000');
        if (!readonly) connection.pragma('journal_mode = WAL');
        connection.pragma(`synchronous = ${pragmas.synchronous}`);
        connection.pragma('foreign_keys = ON');
        done(null, connection);
      },
    },
  });
}

export interface SqliteConnections {
  writer: Knex;
  reader: Knex;
  sessions: Knex;
}

/**
 * One writer: better-sqlite3 works on the thread that calls it, so a second writer in this process would stop the very
 * event loop whose turn the first one's open transaction awaits. For the same reason the sessions, which express
 * writes at any moment, live in a file of their own.
 */
export function connectSqlite(file: string): SqliteConnections {
  return {
    writer: connect(file, { synchronous: 'FULL' }, false),
    reader: connect(file, { synchronous: 'FULL' }, true),
    sessions: connect(`${file.replace(/\.\w+$/, '')}-sessions.sqlite`, { synchronous: 'NORMAL' }, false),
  };
}
