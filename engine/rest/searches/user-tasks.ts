import {
  dateTime,
  defineSearch,
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

const member = { sql: 'value', type: 'string' as const, nullable: false, hidden: true };

const candidateFilter =
  (listColumn: string, name: string): CustomFilter =>
  (value, where) => {
    const fits = new Where();
    compileProperty(member, name, value, fits);
    where.and(
      `EXISTS (SELECT 1 FROM json_each(${listColumn}) WHERE ${fits.conditions.join(' AND ')})`,
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
    elementId: string,
    name: nullableString,
    state: string,
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
    candidateGroup: candidateFilter('candidate_groups', 'candidateGroup'),
    candidateUser: candidateFilter('candidate_users', 'candidateUser'),
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
