import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

const databaseIn = (dataDir: string) => path.join(dataDir, 'engine.sqlite');

/**
 * Writes what is committed at this moment to a file of its own, while an engine may go on writing: SQLite reads one
 * snapshot from its beginning to its end. The file appears under its name only when it is whole and on the disk.
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

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A new name in a folder is on the disk once the folder is; Windows can't open one and needs not. */
function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path.dirname(path.resolve(file)), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
