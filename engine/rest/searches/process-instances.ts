import {
  boolean,
  dateTime,
  defineSearch,
  integer,
  key,
  list,
  nullableDateTime,
  nullableKey,
  nullableString,
  string,
  Where,
  type Column,
  type CustomFilter,
} from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';
import { addTagConditions, addVariableConditions, type VariableCondition } from './variable-conditions.ts';

const thisInstance = 'process_instance_key = process_instance_view.process_instance_key';
const column = (sql: string, type: Column['type']): Column => ({ sql, type, nullable: true, hidden: true });

/** The three filters on element instances must hold for one and the same. */
const elementFilter: CustomFilter = (_, where, filter) => {
  const { elementId, elementInstanceState, hasElementInstanceIncident } = filter;
  const fits = new Where();
  if (elementId) compileProperty(column('e.element_id', 'string'), elementId, fits);
  if (elementInstanceState) {
    compileProperty(column('e.state', 'string'), elementInstanceState, fits);
  }
  if (typeof hasElementInstanceIncident === 'boolean') {
    fits.and(`${hasElementInstanceIncident ? '' : 'NOT '}e.has_incident`);
  }
  where.and(
    `EXISTS (SELECT 1 FROM element_instance_view e WHERE e.${thisInstance} AND ${fits.conditions.join(' AND ')})`,
    ...fits.parameters,
  );
};

const incidentFilter =
  (incidentColumn: Column): CustomFilter =>
  (value, where) => {
    const fits = new Where();
    compileProperty(incidentColumn, value, fits);
    where.and(
      `EXISTS (SELECT 1 FROM incident i WHERE i.${thisInstance} AND i.state = 'ACTIVE' AND ${fits.conditions.join(' AND ')})`,
      ...fits.parameters,
    );
  };

/** The instance is one of the items of such a batch operation. */
const batchOperationFilter: CustomFilter = (value, where) => {
  const fits = new Where();
  const { $exists, ...operators } = typeof value === 'object' ? (value as { $exists?: boolean }) : {};
  if (Object.keys(operators).length > 0 || typeof value !== 'object') {
    const given = typeof value === 'object' ? operators : value;
    compileProperty(column('CAST(b.batch_operation_key AS TEXT)', 'string'), given, fits);
  }
  const member = [`b.${thisInstance}`, ...fits.conditions].join(' AND ');
  const isNot = $exists === false ? 'NOT ' : '';
  where.and(`${isNot}EXISTS (SELECT 1 FROM batch_operation_item b WHERE ${member})`, ...fits.parameters);
};

export const processInstances = defineSearch({
  entity: 'Process Instance',
  from: 'process_instance_view',
  tieBreaker: 'process_instance_key',
  columns: {
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: {
      ...string,
      through: { sql: 'process_definition_key', keys: 'SELECT key FROM process_definition WHERE process_id = ?' },
    },
    processDefinitionName: nullableString,
    processDefinitionVersion: integer,
    processDefinitionVersionTag: nullableString,
    parentProcessInstanceKey: nullableKey,
    parentElementInstanceKey: nullableKey,
    rootProcessInstanceKey: nullableKey,
    startDate: dateTime('started_at'),
    endDate: nullableDateTime('ended_at'),
    state: { ...string, isCommon: true },
    hasIncident: boolean,
    tags: list,
    businessId: nullableString,
  },
  filters: {
    variables: (value: VariableCondition[], where) =>
      addVariableConditions(value, `v.${thisInstance}`, where, 'process_instance_key'),
    hasIncident: (value: boolean, where) =>
      where.and(
        `process_instance_key ${value ? '' : 'NOT '}IN (
          WITH RECURSIVE affected (key) AS (
            SELECT process_instance_key FROM incident WHERE state = 'ACTIVE'
            UNION SELECT p.parent_key FROM affected JOIN process_instance p ON p.key = affected.key
              WHERE p.parent_key IS NOT NULL
          ) SELECT key FROM affected)`,
      ),
    tags: (value: string[], where) => addTagConditions(value, where),
    elementId: elementFilter,
    elementInstanceState: (value, where, filter) => {
      if (!filter.elementId) elementFilter(value, where, filter);
    },
    hasElementInstanceIncident: (value, where, filter) => {
      if (!filter.elementId && !filter.elementInstanceState) elementFilter(value, where, filter);
    },
    errorMessage: incidentFilter(column('i.error_message', 'string')),
    incidentErrorHashCode: incidentFilter(column('java_hash(i.error_message)', 'integer')),
    hasRetriesLeft: (value: boolean, where) => {
      const has = `EXISTS (SELECT 1 FROM job j WHERE j.${thisInstance} AND j.state = 'FAILED' AND j.retries > 0)`;
      where.and(value ? has : `NOT ${has}`);
    },
    batchOperationId: batchOperationFilter,
    batchOperationKey: batchOperationFilter,
  },
});
