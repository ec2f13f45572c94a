import type { Row } from '../read-statements.ts';

/** A value that a search can filter and sort by. */
export interface Column {
  sql: string;
  type: 'key' | 'string' | 'integer' | 'dateTime' | 'boolean';
  /** Sorted last in both directions, as Camunda's stores do. */
  nullable?: boolean;
}

/** Adds a condition for a filter that is more than one column. */
export type CustomFilter = (value: never, where: Where) => void;

/** One searchable resource: everything that the generic search needs to know of it. */
export interface SearchSource {
  from: string;
  /** A condition that always holds, e.g. which rows of a shared table belong here. */
  always?: string;
  select: string;
  /** Unique column that breaks ties, so that pages never overlap. */
  tieBreaker: string;
  columns: Record<string, Column>;
  filters?: Record<string, CustomFilter>;
  toItem(row: Row): Record<string, unknown>;
}

/** A growing conjunction of conditions and the values of its placeholders. */
export class Where {
  readonly conditions: string[] = [];
  readonly parameters: unknown[] = [];

  and(condition: string, ...parameters: unknown[]) {
    this.conditions.push(condition);
    this.parameters.push(...parameters);
  }

  toSql() {
    return this.conditions.length === 0 ? '' : ` WHERE ${this.conditions.join(' AND ')}`;
  }
}

export function key(sql: string): Column {
  return { sql, type: 'key' };
}

export function nullableKey(sql: string): Column {
  return { sql, type: 'key', nullable: true };
}

export function string(sql: string): Column {
  return { sql, type: 'string' };
}

export function nullableString(sql: string): Column {
  return { sql, type: 'string', nullable: true };
}

export function integer(sql: string): Column {
  return { sql, type: 'integer' };
}

export function dateTime(sql: string): Column {
  return { sql, type: 'dateTime' };
}

export function nullableDateTime(sql: string): Column {
  return { sql, type: 'dateTime', nullable: true };
}

export function boolean(sql: string): Column {
  return { sql, type: 'boolean' };
}
