import { keyOf, noContent, type Operation } from '../operation.ts';

const emptyUpdate =
  'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset"';

export const userTaskOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/user-tasks/{userTaskKey}/assignment',
    name: 'AssignUserTask',
    intent: 'ASSIGN',
    rules: (body, invalid) => {
      if ((body.assignee ?? '').trim() === '') invalid.push('No assignee provided');
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'user-task.assign',
        userTaskKey: keyOf(params.userTaskKey!),
        assignee: body.assignee,
        allowOverride: body.allowOverride ?? true,
        action: body.action || undefined,
      });
      return noContent;
    },
  },
  {
    method: 'DELETE',
    path: '/v2/user-tasks/{userTaskKey}/assignee',
    name: 'UnassignUserTask',
    intent: 'ASSIGN',
    body: 'none',
    answer: async ({ engine, params }) => {
      await engine.execute({ type: 'user-task.unassign', userTaskKey: keyOf(params.userTaskKey!) });
      return noContent;
    },
  },
  {
    method: 'PATCH',
    path: '/v2/user-tasks/{userTaskKey}',
    name: 'UpdateUserTask',
    intent: 'UPDATE',
    rules: (body, invalid) => {
      const changes = Object.values(body.changeset ?? {}).filter((value) => value !== null);
      if ((body.action ?? null) === null && changes.length === 0) invalid.push(emptyUpdate);
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'user-task.update',
        userTaskKey: keyOf(params.userTaskKey!),
        changeset: body.changeset ?? undefined,
        action: body.action || undefined,
      });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/user-tasks/{userTaskKey}/completion',
    name: 'CompleteUserTask',
    intent: 'COMPLETE',
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'user-task.complete',
        userTaskKey: keyOf(params.userTaskKey!),
        variables: body.variables ?? undefined,
        action: body.action || undefined,
      });
      return noContent;
    },
  },
];
