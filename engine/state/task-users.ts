import type Database from 'better-sqlite3';

const hourMs = 3_600_000;

/** Who had tasks, hour by hour, for the usage figures: most are known already and cost nothing. */
export class TaskUsers {
  readonly #insert: Database.Statement;
  readonly #beforeWrite: () => void;
  readonly #known = new Set<string>();
  #hour = 0;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare('INSERT OR IGNORE INTO task_user (hour, assignee) VALUES (?, ?)');
  }

  note(assignee: string, now: number): void {
    const hour = Math.floor(now / hourMs);
    if (hour !== this.#hour || this.#known.size > 10_000) this.#known.clear();
    this.#hour = hour;
    if (this.#known.has(assignee)) return;
    this.#beforeWrite();
    this.#insert.run(hour, assignee);
    this.#known.add(assignee);
  }

  /** What has been undone is not known. */
  forget(): void {
    this.#known.clear();
  }
}
