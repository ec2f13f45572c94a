import {
  dateTime,
  defineSearch,
  elementId,
  integer,
  key,
  list,
  map,
  nullableDateTime,
  nullableKey,
  nullableString,
  string,
  Where,
  type CustomFilter,
} from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';
import { addTagConditions, addVariableConditions, type VariableCondition } from './variable-conditions.ts';

const candidate = { sql: 'name', type: 'string' as const, nullable: false, hidden: true };

const candidateFilter =
  (kind: 'group' | 'user'): CustomFilter =>
  (value, where) => {
    const fits = new Where();
    compileProperty(candidate, value, fits);
    where.and(
      `user_task_key IN (SELECT user_task_key FROM user_task_candidate WHERE kind = '${kind}' AND ${fits.conditions.join(' AND ')})`,
      ...fits.parameters,
    );
  };

export const userTasks = defineSearch({
  entity: 'User Task',
  from: 'user_task_view',
  tieBreaker: 'user_task_key',
  columns: {
    userTaskKey: key,
    elementInstanceKey: key,
    processInstanceKey: key,
    rootProcessInstanceKey: nullableKey,
    processDefinitionKey: key,
    processDefinitionId: string,
    processDefinitionVersion: integer,
    processName: nullableString,
    elementId,
    name: nullableString,
    state: { ...string, isCommon: true },
    assignee: nullableString,
    candidateGroups: list,
    candidateUsers: list,
    creationDate: dateTime('created_at'),
    completionDate: nullableDateTime('ended_at'),
    followUpDate: nullableDateTime('follow_up_at'),
    dueDate: nullableDateTime('due_at'),
    externalFormReference: nullableString,
    formKey: nullableKey,
    customHeaders: map,
    priority: integer,
    tags: list,
  },
  filters: {
    candidateGroup: candidateFilter('group'),
    candidateUser: candidateFilter('user'),
    tags: (value: string[], where) => addTagConditions(value, where),
    processInstanceVariables: (value: VariableCondition[], where) =>
      addVariableConditions(
        value,
        'v.process_instance_key = user_task_view.process_instance_key AND v.scope_key = user_task_view.process_instance_key',
        where,
      ),
    localVariables: (value: VariableCondition[], where) =>
      addVariableConditions(
        value,
        'v.process_instance_key = user_task_view.process_instance_key AND v.scope_key = user_task_view.element_instance_key',
        where,
      ),
  },
});
