import Database from 'better-sqlite3';
import { schemaVersion, tables, views } from './schema.ts';

/**
 * Opens the engine's file, making its tables if it is new. What is committed is on the disk (WAL, synchronous=FULL).
 * @throws Error with one sentence when a newer version of the engine wrote it
 */
export function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    const found = db.pragma('user_version', { simple: true }) as number;
    if (found > schemaVersion) {
      throw new Error(
        `The database ${file} was written by a newer version of the engine (format ${found}, this one knows ${schemaVersion}): start that version, or choose another folder with --data.`,
      );
    }
    if (found === 0) {
      db.transaction(() => {
        db.exec(tables);
        db.exec(views);
        db.pragma(`user_version = ${schemaVersion}`);
      })();
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
