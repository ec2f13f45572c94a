import type Database from 'better-sqlite3';

interface Candidates {
  candidateGroups: string[] | null;
  candidateUsers: string[] | null;
}

/** Which open tasks a group or a person may take, for searches by index. */
export class UserTaskCandidates {
  readonly #insert: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #known: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare('INSERT OR IGNORE INTO user_task_candidate (kind, name, user_task_key) VALUES (?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM user_task_candidate WHERE user_task_key = ?');
    this.#known = db.prepare('SELECT 1 FROM user_task_candidate WHERE user_task_key = ?').pluck();
  }

  /** None: the task has ended. */
  set(userTaskKey: number, candidates: Candidates | undefined): void {
    const { candidateGroups, candidateUsers } = candidates ?? {};
    const known = this.#known.get(userTaskKey) !== undefined;
    if (!known && !candidateGroups?.length && !candidateUsers?.length) return;
    this.#beforeWrite();
    if (known) this.#delete.run(userTaskKey);
    for (const name of candidateGroups ?? []) this.#insert.run('group', name, userTaskKey);
    for (const name of candidateUsers ?? []) this.#insert.run('user', name, userTaskKey);
  }
}
