import { badRequest } from '../problem.ts';
import type { Row } from '../read-statements.ts';
import type { Column, SearchSource } from './column.ts';

export interface SortRequest {
  field: string;
  order?: 'ASC' | 'DESC';
}

export interface PageRequest {
  from?: number;
  limit?: number;
  after?: string;
  before?: string;
}

/** One expression of ORDER BY; its value travels in cursors. */
interface OrderTerm {
  sql: string;
  descending: boolean;
}

export const defaultPageSize = 100;

/** The order of a search, always total: the requested fields, then the tie-breaker. */
export function orderTerms(source: SearchSource, sort: SortRequest[] | null | undefined): OrderTerm[] {
  const terms: OrderTerm[] = [];
  for (const { field, order } of sort ?? []) {
    const column: Column | undefined = source.columns[field];
    if (!column) throw new Error(`The search over ${source.from} has no column ${field}.`);
    if (column.nullable) terms.push({ sql: `${column.sql} IS NULL`, descending: false });
    terms.push({ sql: column.sql, descending: order === 'DESC' });
  }
  terms.push({ sql: source.tieBreaker, descending: false });
  return terms;
}

export function orderBy(terms: OrderTerm[], backwards: boolean) {
  return terms.map((term) => `${term.sql} ${term.descending === backwards ? 'ASC' : 'DESC'}`).join(', ');
}

/** Selects the cursor's values beside the row's own columns. */
export function cursorColumns(terms: OrderTerm[]) {
  return terms.map((term, index) => `${term.sql} AS cursor${index}`).join(', ');
}

export function cursorOf(row: Row, terms: OrderTerm[]) {
  const values = terms.map((_, index) => row[`cursor${index}`]);
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64');
}

/**
 * The rows strictly beyond a cursor, as a condition that an index can serve: for each term, equal up to it and beyond
 * in it. A NULL is equal to a NULL (`IS`) and beyond nothing.
 */
export function beyondCursor(terms: OrderTerm[], cursor: string, backwards: boolean) {
  const values = cursorValues(cursor, terms.length);
  const sides: string[] = [];
  const parameters: unknown[] = [];
  for (const [index, term] of terms.entries()) {
    const equal = terms.slice(0, index).map((earlier) => `(${earlier.sql}) IS ?`);
    const operator = term.descending === backwards ? '>' : '<';
    sides.push([...equal, `(${term.sql}) ${operator} ?`].join(' AND '));
    parameters.push(...values.slice(0, index), values[index]);
  }
  return { sql: `(${sides.map((side) => `(${side})`).join(' OR ')})`, parameters };
}

function cursorValues(cursor: string, count: number): unknown[] {
  const values = parse(Buffer.from(cursor, 'base64').toString('utf8'));
  if (Array.isArray(values) && values.length === count && values.every(isScalar)) return values;
  throw badRequest(`The cursor '${cursor}' does not belong to this search`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown) {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
