import type { Row } from '../read-statements.ts';
import { defineSearch, hidden, key, nullableKey, string, type CustomFilter } from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';
import { maxPreviewLength, truncation } from './truncation.ts';
import { equality, indexed, isIndexed } from './variable-conditions.ts';

const valueColumn = { sql: 'value', type: 'string' as const, nullable: false, hidden: true };

const declaration = {
  entity: 'Variable',
  from: 'variable_view',
  tieBreaker: 'variable_key',
  columns: {
    variableKey: key,
    name: string,
    value: hidden(string),
    scopeKey: key,
    processInstanceKey: key,
    rootProcessInstanceKey: nullableKey,
    isTruncated: truncation,
  },
  filters: {
    value: (value, where) => {
      const exact = equality(value);
      if (exact !== undefined && isIndexed(exact)) where.and(`value = ? AND ${indexed}`, exact);
      else compileProperty(valueColumn, value, where);
    },
  } satisfies Record<string, CustomFilter>,
};

/** Values cut to a preview. */
export const variables = defineSearch({
  ...declaration,
  extraColumns: [`substr(value, 1, ${maxPreviewLength}) AS preview`, `length(value) AS size`],
  extra: (row: Row) => ({ value: row.preview, isTruncated: (row.size as number) > maxPreviewLength }),
});

/** Whole values. */
export const wholeVariables = defineSearch({
  ...declaration,
  extraColumns: ['value AS whole'],
  extra: (row: Row) => ({ value: row.whole, isTruncated: false }),
});

/** One variable by its key has no preview, so Camunda prints no flag. */
export const variable = defineSearch({
  ...declaration,
  extraColumns: ['value AS whole'],
  extra: (row: Row) => ({ value: row.whole }),
});
