import { keyOf } from '../operation.ts';
import { entityNotFound } from '../problem.ts';
import type { ReadStatements, Row } from '../read-statements.ts';
import { Where, type SearchSource } from './column.ts';
import { compileFilter } from './compile-filter.ts';
import {
  beyondCursor,
  cursorColumns,
  cursorOf,
  defaultPageSize,
  orderBy,
  orderTerms,
  type PageRequest,
  type SortRequest,
} from './page.ts';

export interface SearchRequest {
  filter?: Record<string, unknown> | null;
  sort?: SortRequest[] | null;
  page?: PageRequest | null;
}

/** Beyond this many hits Camunda stops counting and says `hasMoreTotalItems`. */
const maxTotalItems = 10_000;
const maxPageSize = 10_000;

/**
 * @param narrow adds conditions that do not come from the filter, e.g. the process instance of the path
 * @returns Camunda's search result: a page of items, cursors and the total
 */
export function runSearch(
  read: ReadStatements,
  source: SearchSource,
  request: SearchRequest | undefined,
  narrow?: (where: Where) => void,
) {
  const where = new Where(read);
  narrow?.(where);
  compileFilter(source, request?.filter, where);
  const total = read.get<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM ${source.from}${where.toSql()} LIMIT ${maxTotalItems + 1})`,
    ...where.parameters,
  )!.total;
  const { rows, terms } = pageOfRows(read, source, request, where);
  return {
    items: rows.map((row) => source.toItem(row)),
    page: {
      totalItems: Math.min(total, maxTotalItems),
      hasMoreTotalItems: total > maxTotalItems,
      startCursor: rows.length > 0 ? cursorOf(rows[0]!, terms) : null,
      endCursor: rows.length > 0 ? cursorOf(rows.at(-1)!, terms) : null,
    },
  };
}

function pageOfRows(read: ReadStatements, source: SearchSource, request: SearchRequest | undefined, where: Where) {
  const terms = orderTerms(source, request?.sort);
  const { from, limit, after, before } = request?.page ?? {};
  const backwards = before !== undefined && before !== null;
  const cursor = before ?? after;
  if (cursor) {
    const beyond = beyondCursor(terms, cursor, backwards);
    where.and(beyond.sql, ...beyond.parameters);
  }
  const select = source.isKeyed ? `${source.tieBreaker} AS key` : source.select;
  const rows = read.all<Row>(
    `SELECT ${select}, ${cursorColumns(terms)} FROM ${source.from}${where.toSql()}` +
      ` ORDER BY ${orderBy(terms, backwards)} LIMIT ? OFFSET ?`,
    ...where.parameters,
    Math.min(limit ?? defaultPageSize, maxPageSize),
    from ?? 0,
  );
  if (source.isKeyed) complete(read, source, rows);
  return { rows: backwards ? rows.reverse() : rows, terms };
}

/** What is sorted and skipped is only keys: the rest is read for the rows of the page. */
function complete(read: ReadStatements, source: SearchSource, rows: Row[]) {
  if (rows.length === 0) return;
  const keys = JSON.stringify(rows.map(({ key }) => key));
  const found = read.all<Row>(
    `SELECT ${source.tieBreaker} AS key, ${source.select} FROM ${source.from}` +
      ` WHERE ${source.tieBreaker} IN (SELECT value FROM json_each(?))`,
    keys,
  );
  const byKey = new Map(found.map((row) => [row.key, row]));
  for (const row of rows) Object.assign(row, byKey.get(row.key));
}

/**
 * @param column name of the API's field that identifies the item
 * @param by where Camunda says id instead of key
 * @throws Problem 404 when there is none
 */
export function getItem(read: ReadStatements, source: SearchSource, column: string, value: string, by?: 'id') {
  const { sql, type } = source.columns[column]!;
  const row = read.get<Row>(
    `SELECT ${source.select} FROM ${source.from} WHERE ${sql} = ?`,
    type === 'key' ? keyOf(value) : value,
  );
  if (!row) throw entityNotFound(source.entity, value, by);
  return source.toItem(row);
}
