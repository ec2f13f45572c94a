import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { writeWhole } from './durable-file.ts';
import { documentsIn, metadataSuffix } from './rest/documents/document-store.ts';

/**
 * Documents travel in a table of the backup, so that it stays one file. They are read after the database: what an
 * instance of the backup refers to was there before the instance said so.
 */
export function packDocuments(dataDir: string, backup: Database.Database): void {
  backup.exec('CREATE TABLE backup_document (name TEXT PRIMARY KEY, metadata BLOB NOT NULL, content BLOB NOT NULL)');
  const folder = documentsIn(dataDir);
  if (!existsSync(folder)) return;
  const insert = backup.prepare('INSERT INTO backup_document VALUES (?, ?, ?)');
  for (const file of readdirSync(folder)) {
    if (!file.endsWith(metadataSuffix)) continue;
    const name = file.slice(0, -metadataSuffix.length);
    const metadata = readIfThere(path.join(folder, file));
    const content = readIfThere(path.join(folder, name));
    // one that is deleted meanwhile is gone
    if (metadata && content) insert.run(name, metadata, content);
  }
}

/** Puts them back, the metadata last, and takes the table out of the database that comes to life. */
export function unpackDocuments(backup: Database.Database, dataDir: string): void {
  const isPacked = backup.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'backup_document'`).get() !== undefined;
  if (!isPacked) return;
  const folder = documentsIn(dataDir);
  const one = backup.prepare('SELECT metadata, content FROM backup_document WHERE name = ?');
  for (const name of backup.prepare('SELECT name FROM backup_document').pluck().all() as string[]) {
    const { metadata, content } = one.get(name) as { metadata: Buffer; content: Buffer };
    mkdirSync(folder, { recursive: true });
    writeWhole(path.join(folder, name), content);
    writeWhole(path.join(folder, name + metadataSuffix), metadata);
  }
  backup.exec('DROP TABLE backup_document');
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
