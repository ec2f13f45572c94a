import { CommandRejection } from '../../command-rejection.ts';
import type { AssignUserTaskRequest, CompleteUserTaskRequest, UpdateUserTaskRequest } from '../../commands.ts';
import type { UserTaskRow } from '../../state/rows.ts';
import { Deferred } from '../deferred.ts';
import { guarded } from '../incidents.ts';
import type { Run } from '../run.ts';
import { changesOf } from '../task-listener-result.ts';
import { beginTransition, waiterOf, type Transition } from '../user-task-transitions.ts';

export function assignUserTask(run: Run, request: AssignUserTaskRequest): Deferred {
  const claims = request.allowOverride === false;
  const task = openTask(run, request.userTaskKey, claims ? 'claim' : 'assign');
  if (claims && task.assignee !== null && task.assignee !== request.assignee) {
    const reason = `Expected to claim user task with key '${task.key}', but it has already been assigned`;
    throw new CommandRejection('INVALID_STATE', reason, 'CLAIM');
  }
  const action = request.action ?? (claims ? 'claim' : 'assign');
  return transition(run, task, { event: 'ASSIGNING', action, changes: { assignee: request.assignee } });
}

export function unassignUserTask(run: Run, request: { userTaskKey: number; action?: string }): Deferred {
  const task = openTask(run, request.userTaskKey, 'assign');
  const action = request.action ?? 'unassign';
  return transition(run, task, { event: 'ASSIGNING', action, changes: { assignee: null } });
}

export function updateUserTask(run: Run, request: UpdateUserTaskRequest): Deferred {
  const task = openTask(run, request.userTaskKey, 'update');
  const changes = changesOf(request.changeset, `(user task key '${task.key}')`);
  return transition(run, task, { event: 'UPDATING', action: request.action ?? 'update', changes });
}

export function completeUserTask(run: Run, request: CompleteUserTaskRequest): Deferred {
  const task = openTask(run, request.userTaskKey, 'complete');
  const { action = 'complete', variables } = request;
  return transition(run, task, { event: 'COMPLETING', action, variables });
}

/** Answered when the transition is over: at once without listeners, else after their jobs. */
function transition(run: Run, task: UserTaskRow, wish: Transition): Deferred {
  const row = run.state.instance(task.elementInstanceKey, task.processInstanceKey)!;
  guarded(run, row, () => beginTransition(run, task, wish));
  return new Deferred(waiterOf(task.key));
}

function openTask(run: Run, key: number, verb: string): UserTaskRow {
  const task = run.state.userTasks.get(key);
  const intent = verb === 'claim' ? 'CLAIM' : undefined;
  if (!task || task.state === 'COMPLETED' || task.state === 'CANCELED') {
    const reason = `Expected to ${verb} user task with key '${key}', but no such user task was found`;
    throw new CommandRejection('NOT_FOUND', reason, intent);
  }
  if (task.state !== 'CREATED') {
    const reason = `Expected to ${verb} user task with key '${key}', but it is in state '${task.state}'`;
    throw new CommandRejection('INVALID_STATE', reason, intent);
  }
  return task;
}
