import { json, keyOf, type Operation, type RestRequest } from '../operation.ts';
import { forwardPage } from '../search/forward-page.ts';
import type { SearchSource, Where } from '../search/column.ts';
import { getItem, runSearch } from '../search/run-search.ts';
import { batchOperationItems, batchOperations } from '../searches/batch-operations.ts';
import { auditLogs } from '../searches/audit-logs.ts';
import {
  decisionDefinitions,
  decisionInstance,
  decisionInstances,
  decisionRequirements,
} from '../searches/decisions.ts';
import {
  instancesByIncidentError,
  instancesByProcess,
  instancesByVersion,
  incidentDefinitions,
  subscriptionsByDefinition,
} from '../searches/definition-statistics.ts';
import { elementInstances } from '../searches/element-instances.ts';
import { incidents } from '../searches/incidents.ts';
import { jobs } from '../searches/jobs.ts';
import { correlatedMessageSubscriptions, messageSubscriptions } from '../searches/message-subscriptions.ts';
import { processDefinitions } from '../searches/process-definitions.ts';
import { processInstances } from '../searches/process-instances.ts';
import { userTasks } from '../searches/user-tasks.ts';
import { variable, variables, wholeVariables } from '../searches/variables.ts';

type Narrow = (request: RestRequest, where: Where) => void;

function search(path: string, name: string, source: SearchSource, narrow?: Narrow): Operation {
  return {
    method: 'POST',
    path: `/v2/${path}/search`,
    name,
    answer: (request) =>
      json(runSearch(request.read, source, request.body, narrow && ((where) => narrow(request, where)))),
  };
}

/** The item whose column is the parameter of that name. */
function get(path: string, name: string, source: SearchSource, by?: 'id'): Operation {
  const parameter = /\{(\w+)\}$/.exec(path)![1]!;
  return {
    method: 'GET',
    path: `/v2/${path}`,
    name,
    answer: ({ read, params }) => json(getItem(read, source, parameter, params[parameter]!, by)),
  };
}

function variablesOf(request: RestRequest) {
  return request.query.get('truncateValues') === 'false' ? wholeVariables : variables;
}

/** Incidents of a process instance are its own and those of all that it called. */
const ofProcessInstance: Narrow = ({ read, params }, where) => {
  getItem(read, processInstances, 'processInstanceKey', params.processInstanceKey!);
  where.and(
    `process_instance_key IN (
      WITH RECURSIVE called (key) AS (
        SELECT ? UNION ALL SELECT p.key FROM called JOIN process_instance p ON p.parent_key = called.key
      ) SELECT key FROM called)`,
    keyOf(params.processInstanceKey!),
  );
};

const ofUserTask: Narrow = ({ read, params }, where) => {
  getItem(read, userTasks, 'userTaskKey', params.userTaskKey!);
  where.and('user_task_key = ?', keyOf(params.userTaskKey!));
};

/** Incidents of an element instance are its own and those of everything inside it, called process instances too. */
const ofElementInstance: Narrow = ({ read, params }, where) => {
  getItem(read, elementInstances, 'elementInstanceKey', params.elementInstanceKey!);
  where.and(
    `element_instance_key IN (
      WITH RECURSIVE inside (key, instance) AS (
        SELECT key, process_instance_key FROM element_instance WHERE key = ?
        UNION ALL SELECT e.key, e.process_instance_key FROM inside JOIN element_instance e
          ON e.process_instance_key = inside.instance AND e.scope_key = inside.key
        UNION ALL SELECT p.key, p.key FROM inside JOIN process_instance p
          ON p.parent_key = inside.instance AND p.parent_element_key = inside.key
      ) SELECT key FROM inside)`,
    keyOf(params.elementInstanceKey!),
  );
};

interface DefinitionSearch {
  filter?: { isLatestVersion?: boolean | null } | null;
  page?: Record<string, unknown> | null;
  sort?: { field: string }[] | null;
}

/** Camunda's stores find the latest versions by a grouping that pages forwards and sorts by its own fields only. */
function checkLatestVersion({ filter, page, sort }: DefinitionSearch, invalid: string[]) {
  if (filter?.isLatestVersion !== true) return;
  for (const name of ['before', 'from']) {
    if ((page?.[name] ?? null) === null) continue;
    invalid.push(
      `When using isLatestVersion filter, pagination is limited to forward pagination using 'after' and 'limit'. The field '${name}' is not supported.`,
    );
  }
  for (const { field } of sort ?? []) {
    if (field === 'processDefinitionId' || field === 'tenantId') continue;
    invalid.push(
      `When using isLatestVersion filter, sorting is limited to 'processDefinitionId' and 'tenantId' fields only. The field '${field}' is not supported.`,
    );
  }
}

/** Statistics are searches over counted rows; their paths do not end in `/search`. */
function count(path: string, name: string, source: SearchSource): Operation {
  return { method: 'POST', path, name, answer: ({ read, body }) => json(runSearch(read, source, body)) };
}

export const searchOperations: Operation[] = [
  search('process-instances', 'SearchProcessInstances', processInstances),
  get('process-instances/{processInstanceKey}', 'GetProcessInstance', processInstances),
  search(
    'process-instances/{processInstanceKey}/incidents',
    'SearchProcessInstanceIncidents',
    incidents,
    ofProcessInstance,
  ),
  search('element-instances', 'SearchElementInstances', elementInstances),
  get('element-instances/{elementInstanceKey}', 'GetElementInstance', elementInstances),
  search(
    'element-instances/{elementInstanceKey}/incidents',
    'SearchElementInstanceIncidents',
    incidents,
    ofElementInstance,
  ),
  search('user-tasks', 'SearchUserTasks', userTasks),
  get('user-tasks/{userTaskKey}', 'GetUserTask', userTasks),
  search('user-tasks/{userTaskKey}/audit-logs', 'SearchUserTaskAuditLogs', auditLogs, ofUserTask),
  search('audit-logs', 'SearchAuditLogs', auditLogs),
  get('audit-logs/{auditLogKey}', 'GetAuditLog', auditLogs, 'id'),
  search('jobs', 'SearchJobs', jobs),
  search('incidents', 'SearchIncidents', incidents),
  get('incidents/{incidentKey}', 'GetIncident', incidents),
  {
    method: 'POST',
    path: '/v2/variables/search',
    name: 'SearchVariables',
    answer: (request) => json(runSearch(request.read, variablesOf(request), request.body)),
  },
  get('variables/{variableKey}', 'GetVariable', variable),
  search('message-subscriptions', 'SearchMessageSubscriptions', messageSubscriptions),
  search('correlated-message-subscriptions', 'SearchCorrelatedMessageSubscriptions', correlatedMessageSubscriptions),
  search('batch-operations', 'SearchBatchOperations', batchOperations),
  search('batch-operation-items', 'SearchBatchOperationItems', batchOperationItems),
  { ...search('process-definitions', 'SearchProcessDefinitions', processDefinitions), rules: checkLatestVersion },
  get('process-definitions/{processDefinitionKey}', 'GetProcessDefinition', processDefinitions),
  search('decision-definitions', 'SearchDecisionDefinitions', decisionDefinitions),
  get('decision-definitions/{decisionDefinitionKey}', 'GetDecisionDefinition', decisionDefinitions),
  search('decision-requirements', 'SearchDecisionRequirements', decisionRequirements),
  get('decision-requirements/{decisionRequirementsKey}', 'GetDecisionRequirements', decisionRequirements),
  search('decision-instances', 'SearchDecisionInstances', decisionInstances),
  get('decision-instances/{decisionEvaluationInstanceKey}', 'GetDecisionInstance', decisionInstance, 'id'),
  count(
    '/v2/process-definitions/statistics/process-instances',
    'GetProcessDefinitionInstanceStatistics',
    instancesByProcess,
  ),
  count(
    '/v2/process-definitions/statistics/process-instances-by-version',
    'GetProcessDefinitionInstanceVersionStatistics',
    instancesByVersion,
  ),
  count(
    '/v2/incidents/statistics/process-instances-by-definition',
    'GetProcessInstanceStatisticsByDefinition',
    incidentDefinitions,
  ),
  count(
    '/v2/incidents/statistics/process-instances-by-error',
    'GetProcessInstanceStatisticsByError',
    instancesByIncidentError,
  ),
  {
    method: 'POST',
    path: '/v2/process-definitions/statistics/message-subscriptions',
    name: 'GetProcessDefinitionMessageSubscriptionStatistics',
    answer: ({ read, body }) => json(forwardPage(subscriptionsByDefinition(read, body?.filter), body?.page)),
  },
];
