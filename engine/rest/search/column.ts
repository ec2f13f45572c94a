import { tenantId } from '../tenant.ts';
import type { ReadStatements, Row } from '../read-statements.ts';

/** A value of a resource: how it is stored, filtered, sorted and printed. */
export interface Column {
  sql: string;
  type: ColumnType;
  /** Sorted last in both directions, as Camunda's stores do. */
  nullable: boolean;
  /** Only for filters and sorting. */
  hidden: boolean;
  /** Where few keys stand for a value: equality is asked of an indexed column instead. */
  through?: Through;
  /** Many rows have the same value: any other index serves better. */
  isCommon?: true;
}

interface Through {
  /** The column that holds such a key. */
  sql: string;
  /** Selects the keys that stand for a value. */
  keys: string;
}

export type ColumnType = 'key' | 'string' | 'integer' | 'dateTime' | 'boolean' | 'list' | 'map';

/** Adds the condition of a filter that is more than a comparison with one column. */
export type CustomFilter = (value: never, where: Where, filter: Record<string, unknown>) => void;

/** One searchable resource: everything that the generic search needs to know of it. */
export interface SearchSource {
  /** Name of Camunda's entity in sentences such as "Incident with key '1' not found". */
  entity: string;
  from: string;
  select: string;
  /** Unique column that breaks ties, so that pages never overlap. */
  tieBreaker: string;
  /** The tie-breaker is the key of a table: rows are found by it at once. */
  isKeyed: boolean;
  columns: Record<string, Column>;
  filters: Record<string, CustomFilter>;
  toItem(row: Row): Record<string, unknown>;
}

/** A growing conjunction of conditions and the values of its placeholders. */
export class Where {
  /** To look up what stands for a value; none where conditions are written down only. */
  readonly read: ReadStatements | undefined;
  readonly conditions: string[] = [];
  readonly parameters: unknown[] = [];

  constructor(read?: ReadStatements) {
    this.read = read;
  }

  and(condition: string, ...parameters: unknown[]) {
    this.conditions.push(condition);
    this.parameters.push(...parameters);
  }

  toSql() {
    return this.conditions.length === 0 ? '' : ` WHERE ${this.conditions.join(' AND ')}`;
  }
}

/** What a resource's file says of a column; its SQL is the name in snake_case unless given. */
export type ColumnDeclaration = Partial<Column> & { type: ColumnType };

export const key: ColumnDeclaration = { type: 'key' };
export const nullableKey: ColumnDeclaration = { type: 'key', nullable: true };
export const string: ColumnDeclaration = { type: 'string' };
export const nullableString: ColumnDeclaration = { type: 'string', nullable: true };
export const integer: ColumnDeclaration = { type: 'integer' };
export const boolean: ColumnDeclaration = { type: 'boolean' };
export const list: ColumnDeclaration = { type: 'list' };
export const map: ColumnDeclaration = { type: 'map' };

export function dateTime(sql: string): ColumnDeclaration {
  return { type: 'dateTime', sql };
}

export function nullableDateTime(sql: string): ColumnDeclaration {
  return { type: 'dateTime', sql, nullable: true };
}

/** An element's id: one small number for each version of the process. */
export const elementId: ColumnDeclaration = {
  type: 'string',
  through: { sql: 'element_ref', keys: 'SELECT ref AS key FROM element WHERE element_id = ?' },
};

export function hidden(declaration: ColumnDeclaration): ColumnDeclaration {
  return { ...declaration, hidden: true };
}

interface SourceDeclaration {
  entity: string;
  from: string;
  tieBreaker: string;
  columns: Record<string, ColumnDeclaration>;
  /** Nearly everything belongs to a tenant and says so. */
  hasTenant?: boolean;
  filters?: Record<string, CustomFilter>;
  /** Columns that `extra` reads beside the printed ones. */
  extraColumns?: string[];
  extra?: (row: Row) => Record<string, unknown>;
}

/** Completes a resource's declaration: SQL names, selection and printing follow from its columns. */
export function defineSearch(declaration: SourceDeclaration): SearchSource {
  const columns: Record<string, Column> = {};
  for (const [name, column] of Object.entries(declaration.columns)) {
    columns[name] = { sql: snakeCase(name), nullable: false, hidden: false, ...column };
  }
  if (declaration.hasTenant !== false)
    columns.tenantId ??= { sql: `'${tenantId}'`, type: 'string', nullable: false, hidden: false };
  const printed = Object.entries(columns).filter(([, column]) => !column.hidden);
  const selected = printed.map(([name, column]) => `${column.sql} AS "${name}"`);
  return {
    entity: declaration.entity,
    from: declaration.from,
    select: [...selected, ...(declaration.extraColumns ?? [])].join(', '),
    tieBreaker: declaration.tieBreaker,
    isKeyed: Object.values(columns).some(({ sql, type }) => type === 'key' && sql === declaration.tieBreaker),
    columns,
    filters: declaration.filters ?? {},
    toItem: (row) => {
      const item: Record<string, unknown> = {};
      for (const [name, column] of printed) item[name] = print(column.type, row[name]);
      return declaration.extra ? Object.assign(item, declaration.extra(row)) : item;
    },
  };
}

/** A stored value as the API prints it: keys as strings, instants in UTC with milliseconds. */
function print(type: ColumnType, value: unknown) {
  if (type === 'list') return value === null ? [] : (JSON.parse(value as string) as unknown);
  if (type === 'map') return value === null ? {} : (JSON.parse(value as string) as unknown);
  if (value === null) return null;
  if (type === 'key') return String(value as number);
  if (type === 'dateTime') return new Date(value as number).toISOString();
  if (type === 'boolean') return value !== 0;
  return value;
}

function snakeCase(name: string) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
