import type Database from 'better-sqlite3';
import type { Actor } from '../operator-commands.ts';

/** Whoever reaches the address, where nobody has to say who he is. */
export const anonymous: Actor = { type: 'ANONYMOUS', id: null };

/** What an operation did to one entity; keys of what it belongs to make the entry findable. */
export interface AuditEntry {
  entityType: 'BATCH' | 'DECISION' | 'INCIDENT' | 'PROCESS_INSTANCE' | 'RESOURCE' | 'USER_TASK' | 'VARIABLE';
  operationType:
    | 'ASSIGN'
    | 'CANCEL'
    | 'COMPLETE'
    | 'CREATE'
    | 'DELETE'
    | 'EVALUATE'
    | 'MIGRATE'
    | 'MODIFY'
    | 'RESOLVE'
    | 'RESUME'
    | 'SUSPEND'
    | 'UNASSIGN'
    | 'UPDATE';
  entityKey: number | string;
  entityDescription?: string | null;
  processDefinitionKey?: number | null;
  processInstanceKey?: number | null;
  elementInstanceKey?: number | null;
  userTaskKey?: number | null;
  jobKey?: number | null;
  decisionKey?: number | null;
  decisionRequirementsKey?: number | null;
  decisionEvaluationKey?: number | null;
  deploymentKey?: number | null;
  formKey?: number | null;
  resourceKey?: number | null;
  batchOperationKey?: number | null;
  batchOperationType?: string | null;
}

interface Circumstances {
  key: number;
  result: 'SUCCESS' | 'FAIL';
  loggedAt: number;
  actor: Actor;
}

/** The operations of people, for those who ask later who did what. */
export class AuditLog {
  readonly #insert: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare(
      `INSERT INTO audit_log (key, entity_key, entity_type, operation_type, category, result, logged_at, actor_type,
         actor_id, entity_description, process_definition_key, process_instance_key, element_instance_key, user_task_key,
         job_key, decision_key, decision_requirements_key, decision_evaluation_key, deployment_key, form_key,
         resource_key, batch_operation_key, batch_operation_type)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  add(entry: AuditEntry, { key, result, loggedAt, actor }: Circumstances): void {
    this.#beforeWrite();
    this.#insert.run(
      key,
      String(entry.entityKey),
      entry.entityType,
      entry.operationType,
      entry.entityType === 'USER_TASK' ? 'USER_TASKS' : 'DEPLOYED_RESOURCES',
      result,
      loggedAt,
      actor.type,
      actor.id,
      entry.entityDescription ?? null,
      entry.processDefinitionKey ?? null,
      entry.processInstanceKey ?? null,
      entry.elementInstanceKey ?? null,
      entry.userTaskKey ?? null,
      entry.jobKey ?? null,
      entry.decisionKey ?? null,
      entry.decisionRequirementsKey ?? null,
      entry.decisionEvaluationKey ?? null,
      entry.deploymentKey ?? null,
      entry.formKey ?? null,
      entry.resourceKey ?? null,
      entry.batchOperationKey ?? null,
      entry.batchOperationType ?? null,
    );
  }
}
