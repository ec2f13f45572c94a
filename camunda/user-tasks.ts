import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { OrchestrationLifters as lift } from '@camunda8/sdk';
import type { EngineTask, ProcessEngine } from '../domain/ports/process-engine.ts';
import { answerOf, taskDelivery } from './engine-errors.ts';
import { NOT_WAITING } from './searches.ts';

const PAGE_ROWS = 200;

type UserTaskPart = Pick<ProcessEngine, 'completeTask' | 'assignTask' | 'updateTask' | 'openTasks' | 'taskVariables'>;

export function userTasks(client: CamundaClient): UserTaskPart {
  return {
    completeTask: (taskKey, variables, action) =>
      taskDelivery(client.completeUserTask({ userTaskKey: lift.UserTaskKey.assumeExists(taskKey), variables, action })),
    assignTask: (taskKey, assignee) => {
      const userTaskKey = lift.UserTaskKey.assumeExists(taskKey);
      return taskDelivery(
        assignee === null
          ? client.unassignUserTask({ userTaskKey })
          : client.assignUserTask({ userTaskKey, assignee, allowOverride: true }),
      );
    },
    updateTask: (taskKey, changeset) =>
      taskDelivery(client.updateUserTask({ userTaskKey: lift.UserTaskKey.assumeExists(taskKey), changeset })),
    openTasks: (after) => openTasks(client, after),
    taskVariables: (taskKey) => taskVariables(client, taskKey),
  };
}

async function taskVariables(client: CamundaClient, taskKey: string): Promise<Record<string, unknown>> {
  const answer = await answerOf(
    client.searchUserTaskEffectiveVariables(
      { userTaskKey: lift.UserTaskKey.assumeExists(taskKey), truncateValues: false, page: { limit: PAGE_ROWS } },
      NOT_WAITING,
    ),
  );
  return Object.fromEntries(answer.items.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}

async function openTasks(client: CamundaClient, after: string | null) {
  const answer = await answerOf(
    client.searchUserTasks(
      {
        filter: { state: 'CREATED' },
        page: { limit: PAGE_ROWS, ...(after !== null && { after: lift.EndCursor.assumeExists(after) }) },
      },
      NOT_WAITING,
    ),
  );
  const tasks = answer.items.map(
    (task): EngineTask => ({
      taskKey: task.userTaskKey,
      processInstanceKey: task.processInstanceKey,
      processDefinitionKey: task.processDefinitionKey,
      processId: task.processDefinitionId,
      elementId: task.elementId,
      elementInstanceKey: task.elementInstanceKey,
      formKey: task.formKey,
      assignee: task.assignee,
      candidateGroups: task.candidateGroups,
      candidateUsers: task.candidateUsers,
      dueAt: task.dueDate === null ? null : Date.parse(task.dueDate),
      priority: task.priority,
      state: 'CREATED',
    }),
  );
  const last = answer.items.length < PAGE_ROWS ? null : answer.page.endCursor;
  return { tasks, next: last };
}
