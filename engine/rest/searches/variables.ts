import type { Row } from '../read-statements.ts';
import { boolean, defineSearch, hidden, key, nullableKey, string } from '../search/column.ts';

/** Longer values are cut in search results unless `truncateValues=false`, as in Camunda's stores. */
const maxPreviewLength = 8191;

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
    isTruncated: { ...hidden(boolean), sql: `(length(value) > ${maxPreviewLength})` },
  },
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
