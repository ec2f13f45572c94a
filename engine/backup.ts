import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { packDocuments, unpackDocuments } from './backup-documents.ts';
import { sync, syncFolderOf } from './durable-file.ts';

const databaseIn = (dataDir: string) => path.join(dataDir, 'engine.sqlite');

/**
 * Writes what is committed at this moment to a file of its own, while an engine may go on writing: SQLite reads one
 * snapshot from its beginning to its end. The documents are in it too. The file appears under its name only when it is whole and on the disk.
 * @throws Error with one sentence
 */
export function backup(dataDir: string, file: string): void {
  const source = databaseIn(dataDir);
  if (!existsSync(source))
    throw new Error(`There is no engine's database in ${path.resolve(dataDir)}: choose its folder with --data.`);
  refuseToOverwrite(file);
  const partial = `${file}.partial`;
  const db = new Database(source, { readonly: true });
  try {
    rmSync(partial, { force: true });
    db.prepare('VACUUM INTO ?').run(partial);
    inCopy(partial, (copy) => packDocuments(dataDir, copy));
    sync(partial);
    renameSync(partial, file);
    syncFolderOf(file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new Error(`The backup could not be written to ${path.resolve(file)} (${reasonOf(error)}): nothing was kept.`);
  } finally {
    db.close();
  }
}

/**
 * Puts a backup into a data folder that holds no database yet, so that an engine started there goes on from it.
 * @throws Error with one sentence
 */
export function restore(file: string, dataDir: string): void {
  checkBackup(file);
  const target = databaseIn(dataDir);
  refuseToOverwrite(target);
  const partial = `${target}.partial`;
  try {
    mkdirSync(dataDir, { recursive: true });
    // what a database of this name left behind does not belong to the one that comes
    for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true });
    copyFileSync(file, partial);
    inCopy(partial, (copy) => unpackDocuments(copy, dataDir));
    sync(partial);
    renameSync(partial, target);
    syncFolderOf(target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new Error(`The backup could not be restored to ${path.resolve(dataDir)} (${reasonOf(error)}).`);
  }
}

function refuseToOverwrite(file: string): void {
  if (existsSync(file))
    throw new Error(`${path.resolve(file)} exists already and is not overwritten: choose another place.`);
}

function checkBackup(file: string): void {
  if (!existsSync(file)) throw new Error(`There is no file ${path.resolve(file)}.`);
  let found: string;
  try {
    const db = new Database(file, { readonly: true });
    try {
      const isOurs = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'engine_meta'`).get() !== undefined;
      found = isOurs ? (db.pragma('integrity_check(1)', { simple: true }) as string) : 'it holds no engine';
    } finally {
      db.close();
    }
  } catch (error) {
    found = reasonOf(error);
  }
  if (found !== 'ok') throw new Error(`${path.resolve(file)} is not a sound backup of the engine (${found}).`);
}

/** The copy is one file without a log beside it. */
function inCopy(file: string, act: (db: Database.Database) => void): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
    act(db);
  } finally {
    db.close();
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
