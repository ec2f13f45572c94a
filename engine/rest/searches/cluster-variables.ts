import type { Row } from '../read-statements.ts';
import { defineSearch, hidden, nullableString, string } from '../search/column.ts';
import { maxPreviewLength, truncation } from './truncation.ts';

const declaration = {
  entity: 'Cluster Variable',
  from: 'cluster_variable_view',
  tieBreaker: 'id',
  columns: {
    name: string,
    value: hidden(string),
    scope: string,
    tenantId: nullableString,
    id: hidden(string),
    isTruncated: truncation,
  },
};

/** Values cut to a preview. */
export const clusterVariables = defineSearch({
  ...declaration,
  extraColumns: [`substr(value, 1, ${maxPreviewLength}) AS preview`, 'length(value) AS size'],
  extra: (row: Row) => ({ value: row.preview, isTruncated: (row.size as number) > maxPreviewLength }),
});

export const wholeClusterVariables = defineSearch({
  ...declaration,
  extraColumns: ['value AS whole'],
  extra: (row: Row) => ({ value: row.whole, isTruncated: false }),
});
