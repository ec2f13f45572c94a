import { boolean, defineSearch, integer, key, nullableString, string, type CustomFilter } from '../search/column.ts';

const latest = `version = (SELECT MAX(version) FROM process_definition l
    WHERE l.process_id = process_definition_view.process_id AND l.state <> 'REMOVED')`;

const isLatestVersion: CustomFilter = (value: boolean, where) => where.and(value ? latest : `NOT ${latest}`);

export const processDefinitions = defineSearch({
  entity: 'Process Definition',
  from: 'process_definition_view',
  tieBreaker: 'key',
  columns: {
    processDefinitionKey: { ...key, sql: 'key' },
    processDefinitionId: { ...string, sql: 'process_id' },
    name: nullableString,
    resourceName: string,
    version: integer,
    versionTag: nullableString,
    hasStartForm: boolean,
    state: string,
  },
  filters: { isLatestVersion },
});
