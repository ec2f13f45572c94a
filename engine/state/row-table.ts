import type Database from 'better-sqlite3';

export type SqlValue = string | number | bigint | Buffer | null;

/** How a property of a row is kept in its column; none = as it is. */
export interface ColumnCodec {
  toSql(value: unknown): SqlValue;
  fromSql(value: SqlValue): unknown;
}

export const json: ColumnCodec = {
  toSql: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromSql: (value) => (value === null ? null : JSON.parse(value as string)),
};

export interface Row {
  key: number;
}

interface Entry<R> {
  row: R | undefined;
  state: 'clean' | 'new' | 'dirty' | 'deleted';
}

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * A table written behind a unit of work: rows that a command reads or makes are kept as objects until the command ends
 * and are written once (an element that is entered and left by one command is one INSERT). A command that fails is
 * forgotten by discard(); nothing of it has reached SQLite.
 */
export class RowTable<R extends Row> {
  readonly name: string;
  readonly #db: Database.Database;
  readonly #columns: (keyof R & string)[];
  readonly #codecs: Partial<Record<keyof R & string, ColumnCodec>>;
  readonly #codecNames: (keyof R & string)[];
  readonly #select: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #update: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #selectList: string;
  readonly #beforeEarlyFlush: () => void;
  #entries = new Map<number, Entry<R>>();
  #changed: number[] = [];

  constructor(
    db: Database.Database,
    name: string,
    columns: (keyof R & string)[],
    beforeEarlyFlush: () => void,
    codecs: Partial<Record<keyof R & string, ColumnCodec>> = {},
  ) {
    this.name = name;
    this.#db = db;
    this.#columns = columns;
    this.#codecs = codecs;
    this.#codecNames = Object.keys(codecs) as (keyof R & string)[];
    this.#beforeEarlyFlush = beforeEarlyFlush;
    this.#selectList = columns.map((column) => `${snakeCase(column)} AS ${column}`).join(', ');
    const rest = columns.filter((column) => column !== 'key');
    this.#select = db.prepare(`SELECT ${this.#selectList} FROM ${name} WHERE key = ?`);
    this.#insert = db.prepare(
      `INSERT INTO ${name} (${columns.map(snakeCase).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.#update = db.prepare(
      `UPDATE ${name} SET ${rest.map((column) => `${snakeCase(column)} = ?`).join(', ')} WHERE key = ?`,
    );
    this.#delete = db.prepare(`DELETE FROM ${name} WHERE key = ?`);
  }

  get(key: number): R | undefined {
    const entry = this.#entries.get(key);
    if (entry) return entry.row;
    const found = this.#select.get(key) as R | undefined;
    if (!found) return undefined;
    this.#decode(found);
    this.#entries.set(key, { row: found, state: 'clean' });
    return found;
  }

  insert(row: R): R {
    this.#entries.set(row.key, { row, state: 'new' });
    this.#changed.push(row.key);
    return row;
  }

  /** Says that the row, an object that get(), insert() or query() gave, was changed in place. */
  touch(row: R): void {
    const entry = this.#entries.get(row.key);
    if (!entry) throw new Error(`row ${row.key} of ${this.name} is not part of this command`);
    if (entry.state !== 'clean') return;
    entry.state = 'dirty';
    this.#changed.push(row.key);
  }

  delete(key: number): void {
    const entry = this.#entries.get(key);
    if (entry?.state === 'new') {
      this.#entries.set(key, { row: undefined, state: 'clean' });
      return;
    }
    this.#entries.set(key, { row: undefined, state: 'deleted' });
    this.#changed.push(key);
  }

  /** Prepares `SELECT … FROM table WHERE <condition>`; rows come as the unit of work's own objects. */
  query(condition: string): (...values: SqlValue[]) => R[] {
    const statement = this.#db.prepare(`SELECT ${this.#selectList} FROM ${this.name} WHERE ${condition}`);
    return (...values) => {
      this.#flushEarly();
      return (statement.all(...values) as R[]).map((found) => this.#adopt(found));
    };
  }

  /** As query(), the first row only. */
  queryOne(condition: string): (...values: SqlValue[]) => R | undefined {
    const statement = this.#db.prepare(`SELECT ${this.#selectList} FROM ${this.name} WHERE ${condition} LIMIT 1`);
    return (...values) => {
      this.#flushEarly();
      const found = statement.get(...values) as R | undefined;
      return found && this.#adopt(found);
    };
  }

  get hasChanges(): boolean {
    return this.#changed.length > 0;
  }

  /** Writes what changed; rows stay known until the command ends. */
  flush(): void {
    if (this.#changed.length === 0) return;
    for (const key of this.#changed) {
      const entry = this.#entries.get(key);
      if (!entry || entry.state === 'clean') continue;
      if (entry.state === 'deleted') {
        this.#delete.run(key);
        this.#entries.delete(key);
        continue;
      }
      const row = entry.row as R;
      if (entry.state === 'new') this.#insert.run(...this.#values(row, this.#columns));
      else this.#update.run(...this.#values(row, this.#columns, true));
      entry.state = 'clean';
    }
    this.#changed = [];
  }

  /** Forgets all rows: after flush() the end of a command, without it its undoing. */
  discard(): void {
    if (this.#entries.size > 0) this.#entries = new Map();
    if (this.#changed.length > 0) this.#changed = [];
  }

  #flushEarly(): void {
    if (this.#changed.length === 0) return;
    this.#beforeEarlyFlush();
    this.flush();
  }

  #adopt(found: R): R {
    const known = this.#entries.get(found.key)?.row;
    if (known) return known;
    this.#decode(found);
    this.#entries.set(found.key, { row: found, state: 'clean' });
    return found;
  }

  #decode(found: R): void {
    for (const name of this.#codecNames) found[name] = this.#codecs[name]!.fromSql(found[name] as SqlValue) as never;
  }

  #values(row: R, columns: (keyof R & string)[], keyLast = false): SqlValue[] {
    const values: SqlValue[] = [];
    for (const column of columns) {
      if (keyLast && column === 'key') continue;
      const codec = this.#codecs[column];
      values.push(codec ? codec.toSql(row[column]) : ((row[column] ?? null) as SqlValue));
    }
    if (keyLast) values.push(row.key);
    return values;
  }
}
