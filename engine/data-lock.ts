import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * Makes sure that one engine only uses a data folder. The lock is SQLite's own on a file beside the database, so the
 * operating system frees it however the process ends, and readers of the database itself are not kept out.
 * @returns a function that frees the folder
 * @throws SqliteError SQLITE_BUSY when another engine holds it
 */
export function lockDataDir(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const lock = new Database(path.join(dataDir, 'engine.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => {
    lock.close();
  };
}
