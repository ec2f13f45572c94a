import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import { behaviorOf } from '../../elements/behaviors.ts';
import {
  isProcessInstance,
  jobPhase,
  phase,
  type ElementInstanceRow,
  type IncidentRow,
  type InstanceRow,
} from '../../state/rows.ts';
import { guarded } from '../incidents.ts';
import type { Run } from '../run.ts';
import { retryTransition } from '../user-task-transitions.ts';

/** Tries again what failed: the job goes back to its workers, the element is entered or left once more. */
export function resolveIncident(run: Run, { incidentKey }: { incidentKey: number }): Empty {
  const incident = run.state.incidents.get(incidentKey);
  if (!incident || incident.state !== 'ACTIVE') {
    const reason = `Expected to resolve incident with key '${incidentKey}', but no such incident was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (incident.jobKey !== null) releaseJob(run, incident, incident.jobKey);
  run.emit('incident.resolved', incident, { state: 'RESOLVED', resolvedAt: run.now });
  if (incident.jobKey === null) {
    retry(run, run.state.instance(incident.elementInstanceKey, incident.processInstanceKey)!);
  }
  return {};
}

function releaseJob(run: Run, incident: IncidentRow, jobKey: number): void {
  const job = run.state.jobs.get(jobKey);
  if (!job || job.phase !== jobPhase.stuck) return;
  if (job.retries < 1) {
    const reason =
      `Expected to resolve incident with key '${incident.key}', ` +
      `but job with key '${jobKey}' has no retries left. Please update the job retries and retry resolving the incident`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  run.emit('job.available', job, { phase: jobPhase.activatable, dueAt: null, updatedAt: run.now });
}

function retry(run: Run, row: InstanceRow): void {
  const userTaskKey = row.data?.userTaskKey;
  const task = userTaskKey === undefined ? undefined : run.state.userTasks.get(userTaskKey);
  if (task?.pending) guarded(run, row, () => retryTransition(run, task));
  else if (row.phase === phase.activating) run.reactivate(row);
  else if (row.phase === phase.active && behaviorOf(row, run.element(row)).retry)
    behaviorOf(row, run.element(row)).retry!(run, row as ElementInstanceRow, run.element(row));
  else if (row.phase === phase.completing || (row.phase === phase.active && !isProcessInstance(row))) run.complete(row);
}
