import { json, keyOf, noContent, type Operation, type RestRequest } from '../operation.ts';
import { getItem, runSearch } from '../search/run-search.ts';
import { userTasks } from '../searches/user-tasks.ts';
import { variables, wholeVariables } from '../searches/variables.ts';
import { latestForm, formByKey } from './forms.ts';

interface TaskScope {
  processInstanceKey: number;
  elementInstanceKey: number;
}

function scopeOf({ read, params }: RestRequest): TaskScope {
  const task = getItem(read, userTasks, 'userTaskKey', params.userTaskKey!);
  return {
    processInstanceKey: keyOf(task.processInstanceKey as string),
    elementInstanceKey: keyOf(task.elementInstanceKey as string),
  };
}

/** From the task's own scope (depth 0) out to the process instance. */
const scopes = `WITH RECURSIVE scope (key, depth) AS (
  SELECT ?, 0
  UNION ALL SELECT e.scope_key, depth + 1 FROM scope JOIN element_instance e ON e.key = scope.key
)`;

function variablesOf(request: RestRequest) {
  return request.query.get('truncateValues') === 'false' ? wholeVariables : variables;
}

export const userTaskDetailOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v2/user-tasks/{userTaskKey}/form',
    name: 'GetUserTaskForm',
    answer: ({ read, params }) => {
      const task = getItem(read, userTasks, 'userTaskKey', params.userTaskKey!);
      if (task.formKey === null) return noContent;
      return json(formByKey(read, keyOf(task.formKey as string)));
    },
  },
  {
    method: 'POST',
    path: '/v2/user-tasks/{userTaskKey}/variables/search',
    name: 'SearchUserTaskVariables',
    answer: (request) => {
      const { processInstanceKey, elementInstanceKey } = scopeOf(request);
      const narrowed = runSearch(request.read, variablesOf(request), request.body, (where) =>
        where.and(
          `process_instance_key = ? AND scope_key IN (${scopes} SELECT key FROM scope)`,
          processInstanceKey,
          elementInstanceKey,
        ),
      );
      return json(narrowed);
    },
  },
  {
    method: 'POST',
    path: '/v2/user-tasks/{userTaskKey}/effective-variables/search',
    name: 'SearchUserTaskEffectiveVariables',
    answer: (request) => {
      const { processInstanceKey, elementInstanceKey } = scopeOf(request);
      // Of several variables of one name the innermost is in effect.
      const narrowed = runSearch(request.read, variablesOf(request), request.body, (where) =>
        where.and(
          `variable_key IN (SELECT key FROM (${scopes}
            SELECT v.key, MIN(scope.depth) FROM scope
            JOIN variable v ON v.process_instance_key = ? AND v.scope_key = scope.key GROUP BY v.name))`,
          elementInstanceKey,
          processInstanceKey,
        ),
      );
      return json(narrowed);
    },
  },
  {
    method: 'GET',
    path: '/v2/process-definitions/{processDefinitionKey}/form',
    name: 'GetStartProcessForm',
    answer: ({ read, params }) => {
      const form = latestForm(read, keyOf(params.processDefinitionKey!), params.processDefinitionKey!);
      return form ? json(form) : noContent;
    },
  },
];
