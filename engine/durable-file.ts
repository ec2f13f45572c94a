import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Whole or not at all, and on the disk when it returns. */
export function writeWhole(file: string, content: Buffer): void {
  const partial = `${file}.partial`;
  writeFileSync(partial, content);
  sync(partial);
  renameSync(partial, file);
  syncFolderOf(file);
}

export function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A new name in a folder is on the disk once the folder is; Windows can't open one and needs not. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path.dirname(path.resolve(file)), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
