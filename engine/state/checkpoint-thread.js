// Copies what the log holds into the database beside the engine's own connection. Plain JavaScript: so small a thread
// needs no loader.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData, { fileMustExist: true });
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort.on('message', (wanted) => {
  if (wanted === 'close') {
    db.close();
    parentPort.close();
    return;
  }
  try {
    checkpoint.get();
    parentPort.postMessage({});
  } catch (error) {
    parentPort.postMessage({ failure: error.message });
  }
});
