import type Database from 'better-sqlite3';
import type { BatchOperationItemRow } from './rows.ts';

/** The things that a batch operation works on, one row each. */
export class BatchOperationItems {
  readonly #insert: Database.Statement;
  readonly #open: Database.Statement;
  readonly #close: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare(
      `INSERT OR IGNORE INTO batch_operation_item
         (batch_operation_key, item_key, process_instance_key, root_process_instance_key, state)
       VALUES (?, ?, ?, ?, 'ACTIVE')`,
    );
    this.#open = db
      .prepare(
        `SELECT item_key FROM batch_operation_item
         WHERE batch_operation_key = ? AND state = 'ACTIVE' ORDER BY item_key LIMIT ?`,
      )
      .pluck();
    this.#close = db.prepare(
      `UPDATE batch_operation_item SET state = ?, processed_at = ?, error_message = ?
       WHERE batch_operation_key = ? AND item_key = ?`,
    );
  }

  /** @returns whether the batch did not have the item yet */
  add(batchKey: number, { itemKey, processInstanceKey, rootKey }: BatchOperationItemRow): boolean {
    this.#beforeWrite();
    return this.#insert.run(batchKey, itemKey, processInstanceKey, rootKey).changes > 0;
  }

  /** Keys of items that nothing has been done with. */
  open(batchKey: number, limit: number): number[] {
    return this.#open.all(batchKey, limit) as number[];
  }

  close(batchKey: number, itemKey: number, state: string, processedAt: number, error: string | null): void {
    this.#beforeWrite();
    this.#close.run(state, processedAt, error, batchKey, itemKey);
  }
}
