import type { Task } from '../domain/task/task.ts';
import type { TableShape } from './table.ts';

export const taskShape: TableShape<Task> = {
  name: 'task',
  key: 'taskKey',
  columns: {
    taskKey: 'plain',
    processInstanceKey: 'plain',
    processDefinitionKey: 'plain',
    processId: 'plain',
    elementId: 'plain',
    elementInstanceKey: 'plain',
    name: 'plain',
    formKey: 'plain',
    formId: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    assignee: 'plain',
    candidateGroups: 'json',
    candidateUsers: 'json',
    priority: 'plain',
    dueAt: 'plain',
    limitId: 'plain',
    state: 'plain',
    variables: 'json',
    createdAt: 'plain',
    completedAt: 'plain',
    completedBy: 'plain',
  },
};
