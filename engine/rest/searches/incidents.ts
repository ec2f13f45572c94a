import { dateTime, defineSearch, key, nullableKey, string } from '../search/column.ts';

export const incidents = defineSearch({
  entity: 'Incident',
  from: 'incident_view',
  tieBreaker: 'incident_key',
  columns: {
    incidentKey: key,
    processDefinitionKey: key,
    processDefinitionId: string,
    processInstanceKey: key,
    rootProcessInstanceKey: nullableKey,
    errorType: string,
    errorMessage: string,
    elementId: string,
    elementInstanceKey: key,
    creationTime: dateTime('created_at'),
    state: string,
    jobKey: nullableKey,
  },
});
