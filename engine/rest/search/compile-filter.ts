import { keyOf } from '../operation.ts';
import type { ReadStatements } from '../read-statements.ts';
import { Where, type Column, type SearchSource } from './column.ts';

type Filter = Record<string, unknown>;
type Scalar = string | number | boolean;

const comparisons: Record<string, string> = { $eq: '=', $neq: 'IS NOT', $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };

/** Adds the conditions of a search filter (its shape is checked already) to `where`. */
export function compileFilter(source: SearchSource, filter: Filter | null | undefined, where: Where) {
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value === null || value === undefined) continue;
    if (name === '$or') compileAlternatives(source, value as Filter[], where);
    else if (source.filters[name]) source.filters[name](value as never, where, filter!);
    else if (source.columns[name]) compileProperty(source.columns[name], value, where);
    else throw new Error(`The search over ${source.from} has no filter ${name}.`);
  }
}

function compileAlternatives(source: SearchSource, alternatives: Filter[], where: Where) {
  const sides: string[] = [];
  const parameters: unknown[] = [];
  for (const alternative of alternatives) {
    const side = new Where();
    compileFilter(source, alternative, side);
    sides.push(side.conditions.length === 0 ? '1' : side.conditions.join(' AND '));
    parameters.push(...side.parameters);
  }
  if (sides.length > 0) where.and(`(${sides.join(' OR ')})`, ...parameters);
}

/** A value alone means `$eq`; several operators are joined by AND. */
export function compileProperty(column: Column, value: unknown, where: Where) {
  if (typeof value !== 'object' || value === null) {
    if (column.through && where.read) return compileThrough(column.through, value as Scalar, where, where.read);
    where.and(comparison(column, '='), operand(column, value as Scalar));
    return;
  }
  const operators = Object.entries(value).filter(([, operand]) => operand !== null && operand !== undefined);
  for (const [operator, given] of operators) compileOperator(column, operator, given, where);
}

/** With one key the index gives its rows in the order of their keys, so that a page needs no sorting. */
function compileThrough(
  { sql, keys }: NonNullable<Column['through']>,
  value: Scalar,
  where: Where,
  read: ReadStatements,
) {
  const found = read.all<{ key: number }>(keys, value).map(({ key }) => key);
  if (found.length === 1) where.and(`${sql} = ?`, found[0]);
  else where.and(`${sql} IN (SELECT value FROM json_each(?))`, JSON.stringify(found));
}

function compileOperator(column: Column, operator: string, given: unknown, where: Where) {
  const operatorSql = comparisons[operator];
  if (operatorSql) {
    where.and(comparison(column, operatorSql), operand(column, given as Scalar));
  } else if (operator === '$exists') {
    where.and(`${column.sql} IS ${given ? 'NOT ' : ''}NULL`);
  } else if (operator === '$in' || operator === '$notIn') {
    // One placeholder however long the list is: the statement stays the same and can be kept prepared.
    const list = JSON.stringify((given as Scalar[]).map((item) => operand(column, item)));
    const values = 'SELECT value FROM json_each(?)';
    if (operator === '$in') where.and(`${column.sql} IN (${values})`, list);
    else where.and(`(${column.sql} IS NULL OR ${column.sql} NOT IN (${values}))`, list);
  } else if (operator === '$like') {
    where.and(`${column.sql} GLOB ?`, globOf(given as string));
  }
}

/** SQLite takes every index for a good one unless it is told otherwise. */
function comparison({ sql, isCommon }: Column, operator: string) {
  return isCommon && operator === '=' ? `likelihood(${sql} = ?, 0.05)` : `${sql} ${operator} ?`;
}

function operand(column: Column, value: Scalar): string | number {
  switch (column.type) {
    case 'key':
      return keyOf(String(value));
    case 'dateTime':
      return Date.parse(String(value).replace(/\[.*$/, ''));
    case 'boolean':
      return value ? 1 : 0;
    case 'integer':
      return Number(value);
    default:
      return String(value);
  }
}

/** Camunda's `*` and `?`, escaped by a backslash, as SQLite's GLOB, which tells upper from lower case. */
export function globOf(like: string) {
  return like.replace(/\\([*?\\])|\[/g, (match, escaped: string | undefined) =>
    match === '[' ? '[[]' : escaped === '\\' ? '\\' : `[${escaped}]`,
  );
}
