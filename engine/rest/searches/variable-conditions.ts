import { Where } from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

export interface VariableCondition {
  name: string;
  value: unknown;
}

const value = { sql: 'v.value', type: 'string' as const, nullable: false, hidden: false };

/** For each variable named: one of that name, in a scope that `scope` describes, whose JSON text fits. */
export function addVariableConditions(conditions: VariableCondition[], scope: string, where: Where) {
  for (const condition of conditions) {
    const fits = new Where();
    fits.and('v.name = ?', condition.name);
    compileProperty(value, 'value', condition.value, fits);
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
