import type { InstanceRow } from '../state/rows.ts';
import { VariableTooLarge } from '../state/variables.ts';
import { Incident, type IncidentType } from './incident.ts';
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

/** A failure that a person can mend becomes an incident of this instance; any other undoes the command. */
export function guarded(run: Run, row: InstanceRow, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof Incident) raiseIncident(run, row, error.type, error.message);
    else if (error instanceof VariableTooLarge) raiseIncident(run, row, 'MESSAGE_SIZE_EXCEEDED', error.message);
    else throw error;
  }
}
