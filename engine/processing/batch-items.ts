import type { BatchPlan } from '../operator-commands.ts';
import { jobPhase, type BatchOperationRow } from '../state/rows.ts';
import { deleteDecisionInstance, deleteProcessInstance } from './commands/history.ts';
import { resolveIncident } from './commands/incident.ts';
import { updateJob } from './commands/job.ts';
import { migrateProcessInstance } from './commands/migration.ts';
import { modifyProcessInstance } from './commands/modification.ts';
import { cancelProcessInstance } from './commands/process-instance.ts';
import type { Run } from './run.ts';

interface Source {
  from: string;
  itemKey: string;
  /** What Camunda demands of an item beyond the filter. */
  only?: string;
}

const instances = (only?: string): Source => ({ from: 'process_instance_view', itemKey: 'process_instance_key', only });

const sources: Record<BatchPlan['type'], Source> = {
  CANCEL_PROCESS_INSTANCE: instances(`state = 'ACTIVE' AND parent_process_instance_key IS NULL`),
  MIGRATE_PROCESS_INSTANCE: instances(`state = 'ACTIVE'`),
  MODIFY_PROCESS_INSTANCE: instances(`state = 'ACTIVE'`),
  DELETE_PROCESS_INSTANCE: instances(),
  DELETE_DECISION_INSTANCE: { from: 'decision_instance_view', itemKey: 'decision_evaluation_key' },
  RESOLVE_INCIDENT: instances(`state = 'ACTIVE'`),
};

/** The next page of what a batch is to work on; its values: the filter's, the key to begin behind, the page's size. */
export function itemQuery({ type, selection }: BatchOperationRow): string {
  const { from, itemKey, only } = sources[type];
  const conditions = [`(${selection.condition})`, ...(only ? [only] : [])].join(' AND ');
  const columns = 'process_instance_key AS processInstanceKey, root_process_instance_key AS rootKey';
  if (type === 'RESOLVE_INCIDENT') {
    return `SELECT incident_key AS itemKey, ${columns} FROM incident_view WHERE state = 'ACTIVE'
      AND process_instance_key IN (SELECT ${itemKey} FROM ${from} WHERE ${conditions})
      AND incident_key > ? ORDER BY incident_key LIMIT ?`;
  }
  return `SELECT DISTINCT ${itemKey} AS itemKey, ${columns} FROM ${from}
    WHERE ${conditions} AND ${itemKey} > ? ORDER BY ${itemKey} LIMIT ?`;
}

/** Does with one item what the batch is for; throws the rejection of the single command. */
export function workOn(run: Run, { plan }: BatchOperationRow, itemKey: number): void {
  switch (plan.type) {
    case 'CANCEL_PROCESS_INSTANCE':
      cancelProcessInstance(run, { processInstanceKey: itemKey });
      return;
    case 'MIGRATE_PROCESS_INSTANCE':
      migrateProcessInstance(run, { ...plan.migration, processInstanceKey: itemKey });
      return;
    case 'MODIFY_PROCESS_INSTANCE':
      modifyProcessInstance(run, {
        processInstanceKey: itemKey,
        moveInstructions: plan.moves.map(({ sourceElementId, targetElementId }) => ({
          source: { elementId: sourceElementId },
          elementId: targetElementId,
          scope: 'inferred',
        })),
      });
      return;
    case 'RESOLVE_INCIDENT':
      resolveWithRetry(run, itemKey);
      return;
    case 'DELETE_PROCESS_INSTANCE':
      deleteProcessInstance(run, { processInstanceKey: itemKey });
      return;
    case 'DELETE_DECISION_INSTANCE':
      deleteDecisionInstance(run, { decisionEvaluationKey: itemKey });
  }
}

/** A job without retries gets one, as Zeebe's batch gives it. */
function resolveWithRetry(run: Run, incidentKey: number): void {
  const jobKey = run.state.incidents.get(incidentKey)?.jobKey ?? null;
  const job = jobKey === null ? undefined : run.state.jobs.get(jobKey);
  if (job && job.phase !== jobPhase.ended && job.retries < 1) updateJob(run, { jobKey: job.key, retries: 1 });
  resolveIncident(run, { incidentKey });
}
