import type { Knex } from 'knex';
import { Conflict } from '../domain/errors/conflict.ts';
import { NotFound } from '../domain/errors/not-found.ts';
import { type Columns, decodeRow, encodeRow, type Row } from './columns.ts';
import type { Database } from './database.ts';

/** A table whose rows are things of the domain, field by field. */
export interface TableShape<T> {
  name: string;
  key: keyof T & string;
  columns: Columns<T>;
}
/** Adds conditions and order. Never async: a builder that is awaited runs. (`void` says that none is run here.) */
export type Narrow = (query: Knex.QueryBuilder) => void;

export interface Table<T> {
  /** @throws Conflict('alreadyExists') when the key, or another unique column, is taken. */
  insert: (value: T) => Promise<void>;
  find: (key: string) => Promise<T | undefined>;
  first: (narrow: Narrow) => Promise<T | undefined>;
  list: (narrow?: Narrow) => Promise<T[]>;
  /** @throws NotFound */
  update: (key: string, changes: Partial<T>) => Promise<void>;
}

const duplicate = /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_PRIMARYKEY|SQLITE_CONSTRAINT_UNIQUE)$/;
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && duplicate.test(String((error as Error & { code?: unknown }).code));

export async function insertOnce(knex: Knex, table: string, row: Row, conflict = 'alreadyExists'): Promise<void> {
  try {
    await knex(table).insert(row);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new Conflict(conflict, conflict === 'alreadyExists' ? { kind: table } : {});
  }
}

export function tableIn<T extends object>(database: Database, shape: TableShape<T>): Table<T> {
  const { name, key, columns } = shape;
  const fields = Object.keys(columns).map((column) => `${name}.${column}`);
  const list = async (narrow?: Narrow): Promise<T[]> => {
    const query = database.read(name).select(fields);
    narrow?.(query);
    const rows: Row[] = await query;
    return rows.map((row) => decodeRow(columns, row));
  };
  const first = async (narrow: Narrow): Promise<T | undefined> =>
    (
      await list((query) => {
        narrow(query);
        void query.limit(1);
      })
    )[0];
  return {
    insert: (value) => insertOnce(database.write, name, encodeRow(columns, value)),
    find: (value) => first((query) => query.where(`${name}.${key}`, value)),
    first,
    list,
    async update(value, changes) {
      const row = encodeRow(columns, changes);
      if (Object.keys(row).length === 0) return;
      const touched = await database.write(name).where(key, value).update(row);
      if (touched === 0) throw new NotFound(name, value);
    },
  };
}
