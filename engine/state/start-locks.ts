import type Database from 'better-sqlite3';

interface Lock {
  processId: string;
  correlationKey: string;
  messageName: string;
}

/** One active instance for each process id and correlation key of a message that starts it. */
export class StartLocks {
  readonly #find: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #ofInstance: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#find = db.prepare('SELECT 1 FROM message_start_lock WHERE process_id = ? AND correlation_key = ?').pluck();
    this.#insert = db.prepare('INSERT INTO message_start_lock VALUES (?, ?, ?, ?)');
    this.#ofInstance = db.prepare(
      `SELECT process_id AS processId, correlation_key AS correlationKey, message_name AS messageName
       FROM message_start_lock WHERE process_instance_key = ?`,
    );
    this.#delete = db.prepare('DELETE FROM message_start_lock WHERE process_instance_key = ?');
  }

  isTaken(processId: string, correlationKey: string): boolean {
    return this.#find.get(processId, correlationKey) !== undefined;
  }

  take(processId: string, correlationKey: string, processInstanceKey: number, messageName: string): void {
    this.#beforeWrite();
    this.#insert.run(processId, correlationKey, processInstanceKey, messageName);
  }

  of(processInstanceKey: number): Lock | undefined {
    return this.#ofInstance.get(processInstanceKey) as Lock | undefined;
  }

  release(processInstanceKey: number): Lock | undefined {
    const lock = this.of(processInstanceKey);
    if (!lock) return undefined;
    this.#beforeWrite();
    this.#delete.run(processInstanceKey);
    return lock;
  }
}
