import { Where } from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

/** The condition of the index `variable_by_value`, which a query must repeat to be served by it. */
export const indexed = 'octet_length(value) <= 200';
export const isIndexed = (json: string): boolean => Buffer.byteLength(json) <= 200;

/** The text that a filter asks to be equal to, if that is all it asks. */
export function equality(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return String(value);
  const given = Object.entries(value).filter(([, operand]) => operand !== null && operand !== undefined);
  return given.length === 1 && given[0]![0] === '$eq' ? String(given[0]![1]) : undefined;
}

export interface VariableCondition {
  name: string;
  value: unknown;
}

const value = { sql: 'v.value', type: 'string' as const, nullable: false, hidden: false };

/**
 * For each variable named: one of that name, in a scope that `scope` describes, whose JSON text fits.
 * @param owner the column that a variable's process instance is compared with, where any of its scopes will do: a short
 *   value is then found by the index of values
 */
export function addVariableConditions(conditions: VariableCondition[], scope: string, where: Where, owner?: string) {
  for (const condition of conditions) {
    const exact = equality(condition.value);
    if (owner && exact !== undefined && isIndexed(exact)) {
      const found = `SELECT process_instance_key FROM variable WHERE name = ? AND value = ? AND ${indexed}`;
      where.and(`${owner} IN (${found})`, condition.name, exact);
      continue;
    }
    const fits = new Where();
    fits.and('v.name = ?', condition.name);
    compileProperty(value, condition.value, fits);
    where.and(
      `EXISTS (SELECT 1 FROM variable v WHERE ${scope} AND ${fits.conditions.join(' AND ')})`,
      ...fits.parameters,
    );
  }
}

/** All of the tags are among those of the row's `tags`. */
export function addTagConditions(tags: string[], where: Where) {
  for (const tag of tags) where.and('EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', tag);
}
