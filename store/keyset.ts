import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { InvalidInput } from '../domain/errors/invalid-input.ts';
import type { PageRequest } from '../domain/ports/page.ts';
import type { Row } from './columns.ts';

/** One key of an order; the last one of a list is unique. Rows without a value come last in either direction. */
export interface SortKey {
  /** As SQL names it: `task.dueAt`. */
  column: string;
  /** Where a row of the answer holds it. */
  field: string;
  type: 'number' | 'text';
  descending?: boolean;
  nullable?: boolean;
}
type CursorValue = string | number | null;

const checksum = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 8);
const badCursor = () => new InvalidInput([{ field: 'cursor', code: 'badCursor' }]);

function writeCursor(order: string, values: CursorValue[]): string {
  const text = JSON.stringify([order, ...values]);
  return Buffer.from(`${checksum(text)}${text}`).toString('base64url');
}

/** @throws InvalidInput for a cursor that was changed, or belongs to another list or order. */
function readCursor(cursor: string, order: string, keys: SortKey[]): CursorValue[] {
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.toString('utf8').slice(8);
  if (bytes.toString('base64url') !== cursor || checksum(text) !== bytes.toString('utf8').slice(0, 8))
    throw badCursor();
  const [cursorOrder, ...values] = JSON.parse(text) as [string, ...CursorValue[]];
  if (cursorOrder !== order || values.length !== keys.length) throw badCursor();
  return values;
}

/** After the row that had these values: lexicographic, empty ones last. */
function whereAfter(query: Knex.QueryBuilder, keys: SortKey[], values: CursorValue[]): void {
  const [key, ...restKeys] = keys as [SortKey, ...SortKey[]];
  const [value, ...restValues] = values as [CursorValue, ...CursorValue[]];
  void query.where((either) => {
    if (value !== null) {
      void either.where(key.column, key.descending ? '<' : '>', value);
      if (key.nullable) void either.orWhereNull(key.column);
    }
    if (restKeys.length === 0) return;
    void either.orWhere((same) => {
      if (value === null) void same.whereNull(key.column);
      else void same.where(key.column, value);
      whereAfter(same, restKeys, restValues);
    });
  });
}

function orderBy(query: Knex.QueryBuilder, keys: SortKey[]): void {
  for (const { column, descending, nullable } of keys) {
    if (nullable) void query.orderByRaw('?? is null', [column]);
    void query.orderBy(column, descending ? 'desc' : 'asc');
  }
}

/**
 * One page of a list by position, not by offset: a page never repeats or skips a row because others came or went.
 * @param matching the query with its joins and conditions, without columns and order.
 * @param select adds the columns (all sort fields among them).
 */
export async function fetchPage(
  matching: Knex.QueryBuilder,
  select: (query: Knex.QueryBuilder) => void,
  keys: SortKey[],
  request: PageRequest,
): Promise<{ rows: Row[]; nextCursor: string | null; total: number }> {
  const { limit, cursor } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new InvalidInput([{ field: 'limit', code: 'outOfRange', params: { min: 1, max: 200 } }]);
  const order = keys.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',');
  const after = cursor ? readCursor(cursor, order, keys) : null;
  const counted: { total: number }[] = await matching.clone().count({ total: '*' });
  const page = matching.clone();
  select(page);
  if (after) whereAfter(page, keys, after);
  orderBy(page, keys);
  const rows: Row[] = await page.limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    nextCursor: last
      ? writeCursor(
          order,
          keys.map(({ field }) => last[field] as CursorValue),
        )
      : null,
    total: Number(counted[0]!.total),
  };
}
