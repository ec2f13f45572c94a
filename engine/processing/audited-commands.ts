import type { CommandRejection } from '../command-rejection.ts';
import type { CommandType, DeploymentResponse, EvaluateDecisionResponse, Request, Response } from '../commands.ts';
import type { Actor, CreateBatchOperationResponse } from '../operator-commands.ts';
import type { AuditEntry } from '../state/audit-log.ts';
import { Deferred } from './deferred.ts';
import type { Run } from './run.ts';

/** Read before the command runs; the answer is undefined for a command that waits or has been refused. */
type Describe<T extends CommandType> = (
  run: Run,
  request: Request<T>,
) => (response: Response<T> | undefined) => AuditEntry[];

interface Audited<T extends CommandType> {
  describe: Describe<T>;
  /** Only where users have names: too frequent to be kept of whoever reaches the address. */
  ofUsersOnly?: boolean;
}

function ofProcessInstance(operationType: AuditEntry['operationType']) {
  return (run: Run, { processInstanceKey }: { processInstanceKey: number }) =>
    () => {
      const row = run.state.processInstance(processInstanceKey);
      const processDefinitionKey = row?.processDefinitionKey;
      const entityKey = processInstanceKey;
      return [
        { entityType: 'PROCESS_INSTANCE', operationType, entityKey, processInstanceKey, processDefinitionKey },
      ] satisfies AuditEntry[];
    };
}

function ofUserTask(operationType: AuditEntry['operationType']) {
  return (run: Run, { userTaskKey }: { userTaskKey: number }) => {
    const task = run.state.userTasks.get(userTaskKey);
    const { processInstanceKey, elementInstanceKey } = task ?? {};
    const processDefinitionKey = task && run.element(task).process.key;
    return () =>
      [
        {
          entityType: 'USER_TASK',
          operationType,
          entityKey: userTaskKey,
          userTaskKey,
          processDefinitionKey,
          processInstanceKey,
          elementInstanceKey,
        },
      ] satisfies AuditEntry[];
  };
}

function ofBatchOperation(operationType: AuditEntry['operationType']) {
  return (run: Run, { batchOperationKey }: { batchOperationKey: number }) =>
    () => {
      const batchOperationType = run.state.batchOperations.get(batchOperationKey)?.type;
      const entityKey = batchOperationKey;
      return [
        { entityType: 'BATCH', operationType, entityKey, batchOperationKey, batchOperationType },
      ] satisfies AuditEntry[];
    };
}

function begun({ batchOperationKey, batchOperationType }: CreateBatchOperationResponse): AuditEntry {
  const entityKey = batchOperationKey;
  return { entityType: 'BATCH', operationType: 'CREATE', entityKey, batchOperationKey, batchOperationType };
}

/** Zeebe's own choice of what is kept (AuditLogTransformerConfigs), for the commands that the engine has. */
const audited: { [T in CommandType]?: Audited<T> } = {
  'deployment.create': { describe: () => (response) => (response ? deployed(response) : []) },
  'resource.delete': {
    describe:
      (_, { resourceKey }) =>
      () => [{ entityType: 'RESOURCE', operationType: 'DELETE', entityKey: resourceKey, resourceKey }],
  },
  'process-instance.create': {
    ofUsersOnly: true,
    describe: () => (response) => {
      if (!response) return [];
      const { processInstanceKey, processDefinitionKey } = response;
      const entityKey = processInstanceKey;
      return [
        {
          entityType: 'PROCESS_INSTANCE',
          operationType: 'CREATE',
          entityKey,
          processInstanceKey,
          processDefinitionKey,
        },
      ];
    },
  },
  'process-instance.cancel': { describe: ofProcessInstance('CANCEL') },
  'process-instance.migrate': { describe: ofProcessInstance('MIGRATE') },
  'process-instance.modify': { describe: ofProcessInstance('MODIFY') },
  'incident.resolve': { describe: describeIncident },
  'user-task.assign': { describe: ofUserTask('ASSIGN') },
  'user-task.unassign': { describe: ofUserTask('UNASSIGN') },
  'user-task.update': { describe: ofUserTask('UPDATE') },
  'user-task.complete': { describe: ofUserTask('COMPLETE') },
  'variables.set': { describe: describeVariables },
  'process-instance.delete': { describe: ofProcessInstance('DELETE') },
  'batch-operation.create': { describe: () => (response) => (response ? [begun(response)] : []) },
  'batch-operation.cancel': { describe: ofBatchOperation('CANCEL') },
  'batch-operation.suspend': { describe: ofBatchOperation('SUSPEND') },
  'batch-operation.resume': { describe: ofBatchOperation('RESUME') },
  'decision.evaluate': { ofUsersOnly: true, describe: () => (response) => (response ? [evaluated(response)] : []) },
};

/** An act that writes down what it has done, in its own transaction; the act itself when that is not asked for. */
export function withAuditLog<T extends CommandType>(
  act: (run: Run) => unknown,
  type: T,
  request: Request<T>,
  actor: Actor,
): (run: Run) => unknown {
  const rule = ruleFor(type, actor);
  if (!rule) return act;
  return (run) => {
    const entries = rule.describe(run, request);
    const answer = act(run);
    const response = answer instanceof Deferred ? undefined : (answer as Response<T>);
    write(run, entries(response), actor, 'SUCCESS');
    return answer;
  };
}

/** Refused operations are kept too, as Zeebe does, when the state did not allow them. */
export function auditRefusal<T extends CommandType>(
  type: T,
  request: Request<T>,
  actor: Actor,
  rejection: CommandRejection,
): ((run: Run) => unknown) | undefined {
  const rule = ruleFor(type, actor);
  if (!rule || rejection.type !== 'INVALID_STATE') return undefined;
  return (run) => write(run, rule.describe(run, request)(undefined), actor, 'FAIL');
}

function ruleFor<T extends CommandType>(type: T, actor: Actor): Audited<T> | undefined {
  const rule = audited[type];
  return rule?.ofUsersOnly && actor.type !== 'USER' ? undefined : rule;
}

function write(run: Run, entries: AuditEntry[], actor: Actor, result: 'SUCCESS' | 'FAIL') {
  for (const entry of entries) {
    run.state.auditLog.add(entry, { key: run.keys.next(), result, loggedAt: run.now, actor });
  }
}

function deployed({ deploymentKey, processes, forms, resources, decisions, decisionRequirements }: DeploymentResponse) {
  const entry = (entityKey: number, entityDescription: string, more: Partial<AuditEntry>): AuditEntry => ({
    entityType: 'RESOURCE',
    operationType: 'CREATE',
    entityKey,
    entityDescription,
    deploymentKey,
    ...more,
  });
  const isNew = ({ duplicate }: { duplicate: boolean }) => !duplicate;
  return [
    ...processes
      .filter(isNew)
      .map(({ processDefinitionKey: key, resourceName }) => entry(key, resourceName, { processDefinitionKey: key })),
    ...forms.filter(isNew).map(({ formKey, resourceName }) => entry(formKey, resourceName, { formKey })),
    ...resources
      .filter(isNew)
      .map(({ resourceKey, resourceName }) => entry(resourceKey, resourceName, { resourceKey })),
    ...decisionRequirements
      .filter(isNew)
      .map(({ decisionRequirementsKey: key, resourceName }) =>
        entry(key, resourceName, { decisionRequirementsKey: key }),
      ),
    ...decisions
      .filter(isNew)
      .map(({ decisionDefinitionKey: decisionKey, decisionRequirementsKey, name }) =>
        entry(decisionKey, name, { entityType: 'DECISION', decisionKey, decisionRequirementsKey }),
      ),
  ];
}

function describeIncident(run: Run, { incidentKey }: { incidentKey: number }) {
  const incident = run.state.incidents.get(incidentKey);
  const { processInstanceKey, elementInstanceKey, jobKey } = incident ?? {};
  const processDefinitionKey = incident && run.element(incident).process.key;
  return () =>
    [
      {
        entityType: 'INCIDENT',
        operationType: 'RESOLVE',
        entityKey: incidentKey,
        processDefinitionKey,
        processInstanceKey,
        elementInstanceKey,
        jobKey,
      },
    ] satisfies AuditEntry[];
}

function describeVariables(run: Run, { scopeKey, variables }: Request<'variables.set'>) {
  const scope = run.state.instance(scopeKey);
  const processInstanceKey = scope?.processInstanceKey ?? null;
  const names = Object.keys(variables);
  const known = new Set(
    names.filter((name) => scope && run.state.variables.has(scope.processInstanceKey, scopeKey, name)),
  );
  const processDefinitionKey = scope && run.element(scope).process.key;
  return (): AuditEntry[] =>
    names.map((name) => ({
      entityType: 'VARIABLE',
      operationType: known.has(name) ? 'UPDATE' : 'CREATE',
      entityKey: scopeKey,
      entityDescription: name,
      processDefinitionKey,
      processInstanceKey,
      elementInstanceKey: scopeKey,
    }));
}

function evaluated(response: EvaluateDecisionResponse): AuditEntry {
  const { decisionEvaluationKey, decisionDefinitionKey, decisionRequirementsKey } = response;
  return {
    entityType: 'DECISION',
    operationType: 'EVALUATE',
    entityKey: decisionEvaluationKey,
    entityDescription: response.decisionDefinitionName,
    decisionKey: decisionDefinitionKey,
    decisionRequirementsKey,
    decisionEvaluationKey,
  };
}
