import Database from 'better-sqlite3';
import { tables, views } from './schema.ts';
import { schemaSteps } from './schema-steps.ts';
import { defineSqlFunctions } from './sql-functions.ts';

const schemaVersion = 1 + schemaSteps.length;

/**
 * Opens the engine's file, making its tables if it is new and bringing them up to date if an older version made them.
 * What is committed is on the disk (WAL, synchronous=FULL).
 * @throws Error with one sentence when a newer version of the engine wrote it
 */
export function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  try {
    // what moves stands far apart where much is parked, and a page is written whole; a file keeps the size it was made with
    db.pragma('page_size = 2048');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // what checkpoints.ts has not done by then is done by the commit that comes next
    db.pragma('wal_autocheckpoint = 32000');
    db.pragma('cache_size = -32768');
    db.pragma('temp_store = MEMORY');
    defineSqlFunctions(db);
    const found = db.pragma('user_version', { simple: true }) as number;
    if (found > schemaVersion) {
      throw new Error(
        `The database ${file} was written by a newer version of the engine (format ${found}, this one knows ${schemaVersion}): start that version, or choose another folder with --data.`,
      );
    }
    if (found < schemaVersion) db.transaction(() => bringUpToDate(db, found))();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** One transaction: a start that is cut off leaves the file as it was. */
function bringUpToDate(db: Database.Database, found: number) {
  if (found === 0) db.exec(tables);
  for (const { name } of db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'view'`).all()) {
    db.exec(`DROP VIEW ${name}`);
  }
  for (const step of schemaSteps.slice(Math.max(found, 1) - 1)) db.exec(step.sql);
  db.exec(views);
  db.pragma(`user_version = ${schemaVersion}`);
}
