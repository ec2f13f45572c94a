import { badRequest } from '../problem.ts';
import type { Row } from '../read-statements.ts';
import {
  dateTime,
  defineSearch,
  integer,
  key,
  nullableDateTime,
  nullableKey,
  nullableString,
  string,
  type Column,
  type CustomFilter,
} from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

/** Keys of batch operations are strings in Camunda, and one that is no number is just not there. */
const asText = (sql: string): Column => ({
  sql: `CAST(${sql} AS TEXT)`,
  type: 'string',
  nullable: false,
  hidden: true,
});

const batchOperationKeyFilter: CustomFilter = (value, where) =>
  compileProperty(asText('batch_operation_key'), value, where);

export const batchOperations = defineSearch({
  entity: 'Batch Operation',
  from: 'batch_operation_view',
  tieBreaker: 'batch_operation_key',
  hasTenant: false,
  columns: {
    batchOperationKey: key,
    state: string,
    batchOperationType: { ...string, sql: 'operation_type' },
    operationType: { ...string, hidden: true },
    startDate: dateTime('started_at'),
    endDate: nullableDateTime('ended_at'),
    actorType: nullableString,
    actorId: nullableString,
    operationsTotalCount: { ...integer, sql: 'total' },
    operationsFailedCount: { ...integer, sql: 'failed' },
    operationsCompletedCount: { ...integer, sql: 'completed' },
  },
  filters: { batchOperationKey: batchOperationKeyFilter },
  extraColumns: ['errors'],
  extra: ({ errors }: Row) => ({ errors: errors === null ? [] : (JSON.parse(errors as string) as unknown) }),
});

const itemKey: Column = { sql: 'item_key', type: 'key', nullable: false, hidden: true };

/** Item keys are numbers, and one that is none is refused in the words of Java. */
const itemKeyFilter: CustomFilter = (value, where) => {
  const operands = typeof value === 'object' ? Object.values(value).flat() : [value];
  const wrong = operands.find((operand) => typeof operand === 'string' && !/^-?\d+$/.test(operand));
  if (wrong !== undefined) throw badRequest(`For input string: "${wrong as string}"`);
  compileProperty(itemKey, value, where);
};

export const batchOperationItems = defineSearch({
  entity: 'Batch Operation Item',
  from: 'batch_operation_item_view',
  tieBreaker: "(batch_operation_key || '-' || item_key)",
  hasTenant: false,
  columns: {
    batchOperationKey: key,
    itemKey: key,
    // a decision that was evaluated outside of a process has none: Camunda prints -1
    processInstanceKey: { ...key, sql: 'COALESCE(process_instance_key, -1)' },
    rootProcessInstanceKey: nullableKey,
    operationType: string,
    state: string,
    processedDate: nullableDateTime('processed_at'),
    errorMessage: nullableString,
  },
  filters: { batchOperationKey: batchOperationKeyFilter, itemKey: itemKeyFilter },
});
