import {
  boolean,
  dateTime,
  defineSearch,
  elementId,
  hidden,
  key,
  nullableDateTime,
  nullableKey,
  string,
} from '../search/column.ts';

export const elementInstances = defineSearch({
  entity: 'Element Instance',
  from: 'element_instance_view',
  tieBreaker: 'element_instance_key',
  columns: {
    elementInstanceKey: key,
    processInstanceKey: key,
    rootProcessInstanceKey: nullableKey,
    processDefinitionKey: key,
    processDefinitionId: string,
    startDate: dateTime('started_at'),
    endDate: nullableDateTime('ended_at'),
    elementId,
    elementName: { ...string, sql: 'COALESCE(element_name, element_id)' },
    type: string,
    state: string,
    hasIncident: boolean,
    incidentKey: nullableKey,
    elementInstanceScopeKey: hidden(key),
  },
});
