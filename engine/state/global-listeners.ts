import type Database from 'better-sqlite3';
import type { ListenerSpec } from '../model/element-spec.ts';

export const globalEventTypes = ['all', 'creating', 'assigning', 'updating', 'completing', 'canceling'] as const;
export type GlobalEventType = (typeof globalEventTypes)[number];

export interface GlobalListener {
  id: string;
  type: string;
  retries: number;
  eventTypes: GlobalEventType[];
  /** Runs after the listeners of the model instead of before them. */
  afterNonGlobal: boolean;
  /** Higher ones come first. */
  priority: number;
  source: 'API' | 'CONFIGURATION';
}

interface Around {
  before: ListenerSpec[];
  after: ListenerSpec[];
}

const columns = `id, type, retries, event_types AS eventTypes, after_non_global AS afterNonGlobal, priority, source`;

/** Listeners of the user tasks of all processes; the few there are stay known. */
export class GlobalListeners {
  readonly #beforeWrite: () => void;
  readonly #all: Database.Statement;
  readonly #put: Database.Statement;
  readonly #delete: Database.Statement;
  #known: GlobalListener[] | undefined;
  #byEvent = new Map<ListenerSpec['event'], Around>();

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#all = db.prepare(`SELECT ${columns} FROM global_task_listener ORDER BY priority DESC, id`);
    this.#put = db.prepare('INSERT OR REPLACE INTO global_task_listener VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM global_task_listener WHERE id = ?');
  }

  find(id: string): GlobalListener | undefined {
    return this.#list().find((listener) => listener.id === id);
  }

  /** In the order of their priority. */
  around(event: ListenerSpec['event']): Around {
    let found = this.#byEvent.get(event);
    if (!found) {
      found = { before: [], after: [] };
      for (const { type, retries, eventTypes, afterNonGlobal } of this.#list()) {
        if (!eventTypes.includes('all') && !eventTypes.includes(event.toLowerCase() as GlobalEventType)) continue;
        const listener: ListenerSpec = { event, type, retries: String(retries), headers: {} };
        found[afterNonGlobal ? 'after' : 'before'].push(listener);
      }
      this.#byEvent.set(event, found);
    }
    return found;
  }

  put(listener: GlobalListener): void {
    this.#beforeWrite();
    const { id, type, retries, eventTypes, afterNonGlobal, priority, source } = listener;
    this.#put.run(id, type, retries, JSON.stringify(eventTypes), afterNonGlobal ? 1 : 0, priority, source);
    this.forget();
  }

  delete(id: string): void {
    this.#beforeWrite();
    this.#delete.run(id);
    this.forget();
  }

  /** What the configuration says replaces what an earlier one said; listeners made by clients stay. */
  configure(listeners: GlobalListener[]): void {
    for (const { id, source } of this.#list()) {
      if (source === 'CONFIGURATION' && !listeners.some((listener) => listener.id === id)) this.delete(id);
    }
    for (const listener of listeners) this.put(listener);
  }

  forget(): void {
    this.#known = undefined;
    this.#byEvent.clear();
  }

  #list(): GlobalListener[] {
    this.#known ??= this.#all.all().map((row) => {
      const { eventTypes, afterNonGlobal, ...rest } = row as GlobalListener & { eventTypes: never };
      const types = JSON.parse(eventTypes as string) as GlobalEventType[];
      return { ...rest, eventTypes: types, afterNonGlobal: Boolean(afterNonGlobal) };
    });
    return this.#known;
  }
}
