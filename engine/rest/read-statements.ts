import type BetterSqlite3 from 'better-sqlite3';
import { defineSqlFunctions } from '../state/sql-functions.ts';

export type Row = Record<string, unknown>;

/** A search of a kind is the same text each time: that many prepared statements are kept, the oldest go first. */
const maxStatements = 500;

/** The read-only connection with its prepared statements. */
export class ReadStatements {
  readonly #database: BetterSqlite3.Database;
  readonly #prepared = new Map<string, BetterSqlite3.Statement>();

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
    defineSqlFunctions(database);
  }

  all<T = Row>(sql: string, ...parameters: unknown[]): T[] {
    return this.#statement(sql).all(...parameters) as T[];
  }

  get<T = Row>(sql: string, ...parameters: unknown[]): T | undefined {
    return this.#statement(sql).get(...parameters) as T | undefined;
  }

  close() {
    this.#prepared.clear();
    this.#database.close();
  }

  #statement(sql: string) {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      if (this.#prepared.size >= maxStatements) this.#prepared.delete(this.#prepared.keys().next().value!);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
