import type Database from 'better-sqlite3';

/** What is counted and asked for after the instance is gone. */
const keptTables = ['batch_operation_item', 'history_deletion', 'process_instance'];

/** Takes the rows of ended process instances out of all tables, a bounded number at a time. */
export class HistoryDeletion {
  readonly #beforeWrite: () => void;
  readonly #mark: Database.Statement;
  readonly #unmark: Database.Statement;
  readonly #marked: Database.Statement;
  readonly #deleteInstance: Database.Statement;
  readonly #rest: Database.Statement[];
  readonly #keepCorrelations: Database.Statement;
  readonly #forgetCorrelations: Database.Statement;
  readonly #deleteEvaluation: Database.Statement;
  readonly #hasEvaluation: Database.Statement;
  #pending = true;
  /** Instances up to this one are done, but for those that could not be deleted. */
  #after = 0;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#mark = db.prepare('INSERT OR IGNORE INTO history_deletion VALUES (?)');
    this.#unmark = db.prepare('DELETE FROM history_deletion WHERE process_instance_key = ?');
    this.#marked = db
      .prepare('SELECT process_instance_key FROM history_deletion WHERE process_instance_key > ? ORDER BY 1 LIMIT 1')
      .pluck();
    this.#deleteInstance = db.prepare('DELETE FROM process_instance WHERE key = ?');
    this.#rest = [
      db.prepare(
        `DELETE FROM user_task_candidate WHERE user_task_key IN
           (SELECT key FROM user_task WHERE process_instance_key = ?) LIMIT ?`,
      ),
      db.prepare(
        `DELETE FROM loop_item WHERE body_key IN
           (SELECT key FROM element_instance WHERE process_instance_key = ? AND is_body = 1) LIMIT ?`,
      ),
      ...instanceTables(db).map((table) => db.prepare(`DELETE FROM ${table} WHERE process_instance_key = ? LIMIT ?`)),
    ];
    // a message that may still be taken goes on being one that this process has had
    this.#keepCorrelations = db.prepare(
      `UPDATE correlated_message SET process_instance_key = 0
       WHERE process_instance_key = ? AND EXISTS (SELECT 1 FROM message m WHERE m.key = message_key)`,
    );
    this.#forgetCorrelations = db.prepare(
      `DELETE FROM correlated_message WHERE process_instance_key = 0
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.key = message_key) LIMIT ?`,
    );
    this.#hasEvaluation = db.prepare('SELECT 1 FROM decision_instance WHERE evaluation_key = ?').pluck();
    this.#deleteEvaluation = db.prepare('DELETE FROM decision_instance WHERE evaluation_key = ?');
  }

  /** The instance is gone at once, what belongs to it goes with the next steps. */
  mark(processInstanceKey: number): void {
    this.#pending = true;
    this.#after = Math.min(this.#after, processInstanceKey - 1);
    this.#beforeWrite();
    this.#mark.run(processInstanceKey);
    this.#deleteInstance.run(processInstanceKey);
    this.#keepCorrelations.run(processInstanceKey);
  }

  /** Whether something may be left to do. */
  get pending(): boolean {
    return this.#pending;
  }

  /** What was thought to be done may have been rolled back. */
  recheck(): void {
    this.#pending = true;
  }

  /** A step has failed: the instance that it was at waits for the next start of the engine, the others go on. */
  setAside(): void {
    const key = this.#marked.get(this.#after) as number | undefined;
    if (key === undefined) this.#pending = false;
    else this.#after = key;
  }

  /** @returns how many rows it took away, less than asked for when nothing is left */
  step(maxRows: number): number {
    this.#beforeWrite();
    let left = maxRows;
    while (left > 0) {
      const key = this.#marked.get(this.#after) as number | undefined;
      if (key === undefined) {
        this.#pending = false;
        break;
      }
      for (const statement of this.#rest) {
        if (left > 0) left -= statement.run(key, left).changes;
      }
      if (left > 0) left -= this.#unmark.run(key).changes;
    }
    if (left > 0) left -= this.#forgetCorrelations.run(left).changes;
    return maxRows - left;
  }

  /** @returns whether there was such an evaluation */
  deleteEvaluation(decisionEvaluationKey: number): boolean {
    if (this.#hasEvaluation.get(decisionEvaluationKey) === undefined) return false;
    this.#beforeWrite();
    return this.#deleteEvaluation.run(decisionEvaluationKey).changes > 0;
  }
}

/** Tables that are found by the process instance; where there is no such index, rows end with what they belong to. */
function instanceTables(db: Database.Database): string[] {
  const query = `SELECT DISTINCT t.name FROM sqlite_schema t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
    WHERE t.type = 'table' AND c.seqno = 0 AND c.name = 'process_instance_key' ORDER BY t.name`;
  return (db.prepare(query).pluck().all() as string[]).filter((name) => !keptTables.includes(name));
}
