import type Database from 'better-sqlite3';

interface Candidates {
  candidateGroups: string[] | null;
  candidateUsers: string[] | null;
}

/** Which tasks a group or a person may take, or might have taken, for searches by index. */
export class UserTaskCandidates {
  readonly #insert: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare('INSERT OR IGNORE INTO user_task_candidate (kind, name, user_task_key) VALUES (?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM user_task_candidate WHERE user_task_key = ?');
  }

  add(userTaskKey: number, { candidateGroups, candidateUsers }: Candidates): void {
    if (!candidateGroups?.length && !candidateUsers?.length) return;
    this.#beforeWrite();
    for (const name of candidateGroups ?? []) this.#insert.run('group', name, userTaskKey);
    for (const name of candidateUsers ?? []) this.#insert.run('user', name, userTaskKey);
  }

  remove(userTaskKey: number): void {
    this.#beforeWrite();
    this.#delete.run(userTaskKey);
  }
}
