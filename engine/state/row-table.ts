import { parseExactly, printExactly } from '../exact-json.ts';
import type Database from 'better-sqlite3';

export type SqlValue = string | number | bigint | Buffer | null;

/** How a property of a row is kept in its column; none = as it is. */
export interface ColumnCodec {
  toSql(value: unknown): SqlValue;
  fromSql(value: SqlValue): unknown;
}

export const json: ColumnCodec = {
  toSql: (value) => (value === null || value === undefined ? null : printExactly(value)),
  fromSql: (value) => (value === null ? null : parseExactly(value as string)),
};

export interface Row {
  key: number;
}

interface Entry<R> {
  key: number;
  row: R | undefined;
  state: 'clean' | 'new' | 'dirty' | 'deleted';
  /** What the columns hold in the database, in their order; none before the row is there. */
  stored: SqlValue[] | undefined;
  /** The last unit of work that had the row in its hands. */
  unit: number;
}

export type Codecs<R> = Partial<Record<keyof R & string, ColumnCodec>>;

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Memory is for what moves now, not for what is parked. */
const maxKeptRows = 4000;
/** So many kinds of change have an UPDATE of their own; others write all columns. */
const maxUpdates = 200;

/**
 * A table written behind a unit of work: rows that a command reads or makes are kept as objects until the command ends
 * and are written once (an element that is entered and left by one command is one INSERT), and of a row that was there
 * only the columns that have changed (SQLite spares the indexes of the others). A command that fails is forgotten by
 * discard(); nothing of it has reached SQLite.
 */
export class RowTable<R extends Row> {
  readonly name: string;
  readonly #db: Database.Database;
  readonly #columns: (keyof R & string)[];
  readonly #codecs: (ColumnCodec | undefined)[];
  readonly #keeps: ((row: R) => boolean) | undefined;
  readonly #select: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #selectList: string;
  readonly #beforeEarlyFlush: () => void;
  readonly #updates = new Map<number, Database.Statement>();
  readonly #entries = new Map<number, Entry<R>>();
  #used: Entry<R>[] = [];
  #changed: Entry<R>[] = [];
  #unit = 0;

  /** @param keeps rows that a later command is likely to ask for: some thousand stay known when a command ends */
  constructor(
    db: Database.Database,
    name: string,
    columns: (keyof R & string)[],
    beforeEarlyFlush: () => void,
    codecs: Codecs<R> = {},
    keeps?: (row: R) => boolean,
  ) {
    this.name = name;
    this.#db = db;
    this.#columns = columns;
    this.#codecs = columns.map((column) => codecs[column]);
    this.#keeps = keeps;
    this.#beforeEarlyFlush = beforeEarlyFlush;
    this.#selectList = columns.map(snakeCase).join(', ');
    this.#select = db.prepare(`SELECT ${this.#selectList} FROM ${name} WHERE key = ?`).raw();
    this.#insert = db.prepare(
      `INSERT INTO ${name} (${this.#selectList}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.#delete = db.prepare(`DELETE FROM ${name} WHERE key = ?`);
  }

  get(key: number): R | undefined {
    const entry = this.#entries.get(key);
    if (entry) return this.#use(entry).row;
    const stored = this.#select.get(key) as SqlValue[] | undefined;
    return stored && this.#know(key, stored);
  }

  insert(row: R): R {
    const entry: Entry<R> = { key: row.key, row, state: 'new', stored: undefined, unit: -1 };
    this.#entries.set(row.key, this.#use(entry));
    this.#changed.push(entry);
    return row;
  }

  /** Says that the row, an object that get(), insert() or query() gave, was changed in place. */
  touch(row: R): void {
    const entry = this.#entries.get(row.key);
    if (entry?.unit !== this.#unit) throw new Error(`row ${row.key} of ${this.name} is not part of this command`);
    if (entry.state !== 'clean') return;
    entry.state = 'dirty';
    this.#changed.push(entry);
  }

  delete(key: number): void {
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { key, row: undefined, state: 'clean', stored: undefined, unit: -1 };
      this.#entries.set(key, entry);
    }
    this.#use(entry).row = undefined;
    if (entry.state === 'new') {
      entry.state = 'clean';
      return;
    }
    if (entry.state === 'clean') this.#changed.push(entry);
    entry.state = 'deleted';
  }

  /** Prepares `SELECT … FROM table WHERE <condition>`; rows come as the unit of work's own objects. */
  query(condition: string): (...values: SqlValue[]) => R[] {
    const statement = this.#db.prepare(`SELECT ${this.#selectList} FROM ${this.name} WHERE ${condition}`).raw();
    return (...values) => {
      this.#flushEarly();
      return (statement.all(...values) as SqlValue[][]).map((found) => this.#adopt(found));
    };
  }

  /** As query(), the first row only. */
  queryOne(condition: string): (...values: SqlValue[]) => R | undefined {
    const statement = this.#db.prepare(`SELECT ${this.#selectList} FROM ${this.name} WHERE ${condition} LIMIT 1`).raw();
    return (...values) => {
      this.#flushEarly();
      const found = statement.get(...values) as SqlValue[] | undefined;
      return found && this.#adopt(found);
    };
  }

  /** As query(), for rows that are mostly known already: an index may hold all that this reads. */
  queryKeys(condition: string): (...values: SqlValue[]) => R[] {
    const statement = this.#db.prepare(`SELECT key FROM ${this.name} WHERE ${condition}`).pluck();
    return (...values) => {
      this.#flushEarly();
      return (statement.all(...values) as number[]).map((key) => this.get(key)!);
    };
  }

  get hasChanges(): boolean {
    return this.#changed.length > 0;
  }

  /** Writes what changed; rows stay known until the command ends. */
  flush(): void {
    if (this.#changed.length === 0) return;
    for (const entry of this.#changed) {
      if (entry.state === 'deleted') this.#delete.run(entry.key);
      else if (entry.state === 'new') {
        entry.stored = this.#valuesOf(entry.row!);
        this.#insert.run(entry.stored);
      } else if (entry.state === 'dirty') this.#update(entry);
      entry.state = 'clean';
    }
    this.#changed = [];
  }

  /**
   * The command has ended well and is written.
   * @param over told of rows that nobody is expected to ask for again
   */
  settle(over?: (key: number) => void): void {
    if (this.#used.length === 0) return;
    for (const { key, row } of this.#used) {
      if (row && this.#keeps?.(row)) continue;
      this.#entries.delete(key);
      over?.(key);
    }
    this.#used = [];
    this.#unit++;
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= maxKeptRows) break;
      this.#entries.delete(key);
    }
  }

  /** Forgets what the command has done; unless it was flushed nothing of it has been written. */
  discard(): void {
    for (const { key } of this.#used) this.#entries.delete(key);
    this.#used = [];
    this.#changed = [];
    this.#unit++;
  }

  /** The transaction was rolled back: no row is known any more. */
  forgetAll(): void {
    this.discard();
    this.#entries.clear();
  }

  #flushEarly(): void {
    if (this.#changed.length === 0) return;
    this.#beforeEarlyFlush();
    this.flush();
  }

  #use(entry: Entry<R>): Entry<R> {
    if (entry.unit !== this.#unit) {
      entry.unit = this.#unit;
      this.#used.push(entry);
    }
    return entry;
  }

  #know(key: number, stored: SqlValue[]): R {
    const row = {} as R;
    for (let at = 0; at < this.#columns.length; at++) {
      const codec = this.#codecs[at];
      row[this.#columns[at]!] = (codec ? codec.fromSql(stored[at]!) : stored[at]) as never;
    }
    this.#entries.set(key, this.#use({ key, row, state: 'clean', stored, unit: -1 }));
    return row;
  }

  /** @param found begins with the key, the first column of every table */
  #adopt(found: SqlValue[]): R {
    const key = found[0] as number;
    const entry = this.#entries.get(key);
    return entry?.row ? this.#use(entry).row! : this.#know(key, found);
  }

  #update(entry: Entry<R>): void {
    const values = this.#valuesOf(entry.row!);
    let changed = 0;
    for (let at = 1; at < values.length; at++) if (values[at] !== entry.stored![at]) changed |= 1 << at;
    if (changed === 0) return;
    if (!this.#updates.has(changed) && this.#updates.size >= maxUpdates) changed = 2 ** values.length - 2;
    const bound: SqlValue[] = [];
    for (let at = 1; at < values.length; at++) if (changed & (1 << at)) bound.push(values[at]!);
    bound.push(entry.key);
    this.#updateOf(changed).run(bound);
    entry.stored = values;
  }

  /** @param changed one bit for each column that is written */
  #updateOf(changed: number): Database.Statement {
    let statement = this.#updates.get(changed);
    if (!statement) {
      const set = this.#columns.filter((_, at) => changed & (1 << at)).map((column) => `${snakeCase(column)} = ?`);
      statement = this.#db.prepare(`UPDATE ${this.name} SET ${set.join(', ')} WHERE key = ?`);
      this.#updates.set(changed, statement);
    }
    return statement;
  }

  #valuesOf(row: R): SqlValue[] {
    const values: SqlValue[] = [];
    for (let at = 0; at < this.#columns.length; at++) {
      const codec = this.#codecs[at];
      const value = row[this.#columns[at]!];
      values.push(codec ? codec.toSql(value) : ((value ?? null) as SqlValue));
    }
    return values;
  }
}
