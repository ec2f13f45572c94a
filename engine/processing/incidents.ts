import type { InstanceRow } from '../state/rows.ts';
import type { IncidentType } from './incident.ts';
import type { Run } from './run.ts';

export function raiseIncident(
  run: Run,
  row: InstanceRow,
  errorType: IncidentType,
  errorMessage: string,
  jobKey: number | null = null,
): void {
  run.emit('incident.created', {
    key: run.keys.next(),
    errorType,
    errorMessage,
    state: 'ACTIVE',
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: row.elementRef,
    jobKey,
    createdAt: run.now,
    resolvedAt: null,
  });
}

export function resolveIncidentsOf(run: Run, row: InstanceRow): void {
  for (const incident of run.state.queries.activeIncidents(row.key)) {
    run.emit('incident.resolved', incident, { state: 'RESOLVED', resolvedAt: run.now });
  }
}
