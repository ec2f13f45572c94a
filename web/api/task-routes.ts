import { claimTask, unclaimTask } from '../../domain/task/claim-task.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import { listTasks } from '../../domain/task/list-tasks.ts';
import { viewTask } from '../../domain/task/view-task.ts';
import { TASK_QUEUES } from '../../domain/ports/queries.ts';
import { URGENCIES } from '../../domain/ticket/ticket.ts';
import { apiRoute, pageOf, pageQuery, taskKeyParams, z, type ApiRoute } from './api-route.ts';

const task = z
  .object({
    taskKey: z.string(),
    ticketNo: z.string().nullable(),
    elementId: z.string(),
    name: z.string(),
    formId: z.string().nullable(),
    assignee: z.string().nullable(),
    candidateGroups: z.array(z.string()),
    dueAt: z.string().nullable(),
    state: z.string(),
  })
  .loose()
  .openapi('Task');

const queueQuery = z.strictObject({
  ...pageQuery,
  queue: z.enum(TASK_QUEUES).default('mine'),
  words: z.string().max(100).optional(),
  elementId: z.string().max(200).optional(),
  processId: z.string().max(200).optional(),
  urgency: z.enum(URGENCIES).optional(),
  unitCode: z.string().max(60).optional(),
  flag: z.enum(['extended', 'supervised', 'confidential', 'merged', 'rework']).optional(),
  sort: z.enum(['dueAt', '-dueAt', 'createdAt', '-createdAt', 'priority']).default('dueAt'),
});

export const taskRoutes: ApiRoute[] = [
  apiRoute({
    method: 'get',
    path: '/tasks',
    operationId: 'listTasks',
    summary: 'Tasks of a queue, most urgent first',
    tag: 'tasks',
    query: queueQuery,
    response: pageOf(task),
    handle: ({ context, actor, query }) => listTasks(context.app, actor, query),
  }),
  apiRoute({
    method: 'get',
    path: '/tasks/{taskKey}',
    operationId: 'getTask',
    summary: 'One task with its form and its ticket',
    tag: 'tasks',
    params: taskKeyParams,
    response: z.object({ task, form: z.unknown(), ticket: z.unknown() }).loose(),
    handle: ({ context, actor, params }) => viewTask(context.app, actor, params.taskKey),
  }),
  apiRoute({
    method: 'post',
    path: '/tasks/{taskKey}/claim',
    operationId: 'claimTask',
    summary: 'Take a task of one of your groups',
    tag: 'tasks',
    params: taskKeyParams,
    response: z.object({ taskKey: z.string(), assignee: z.string() }),
    handle: async ({ context, actor, params }) => {
      await claimTask(context.app, actor, params);
      return { taskKey: params.taskKey, assignee: actor.accountId };
    },
  }),
  apiRoute({
    method: 'post',
    path: '/tasks/{taskKey}/unclaim',
    operationId: 'unclaimTask',
    summary: 'Give a task back to its group',
    tag: 'tasks',
    params: taskKeyParams,
    response: z.object({ taskKey: z.string(), assignee: z.null() }),
    handle: async ({ context, actor, params }) => {
      await unclaimTask(context.app, actor, params);
      return { taskKey: params.taskKey, assignee: null };
    },
  }),
  apiRoute({
    method: 'post',
    path: '/tasks/{taskKey}/complete',
    operationId: 'completeTask',
    summary: 'Answer the form of a task: checked against its schema and by the rules of the step',
    tag: 'tasks',
    params: taskKeyParams,
    body: z.strictObject({
      variables: z.record(z.string(), z.unknown()).default({}),
      ticketVersion: z.number().int().optional(),
    }),
    response: z.object({ answerId: z.string(), ticketNo: z.string().nullable() }).loose(),
    handle: ({ context, actor, params, body }) =>
      completeTask(context.app, actor, {
        taskKey: params.taskKey,
        answers: body.variables,
        expectedVersion: body.ticketVersion,
      }),
  }),
];
