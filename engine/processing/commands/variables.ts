import { CommandRejection } from '../../command-rejection.ts';
import type { SetVariablesRequest } from '../../commands.ts';
import { phase } from '../../state/rows.ts';
import { Deferred } from '../deferred.ts';
import { guarded } from '../incidents.ts';
import type { Run } from '../run.ts';
import { propagateVariables, setLocalVariables } from '../scope-variables.ts';
import { beginTransition, waiterOf } from '../user-task-transitions.ts';

/** At a user task this is a change of the task: its updating listeners come first. */
export function setVariables(
  run: Run,
  { scopeKey, variables, local }: SetVariablesRequest,
): { variablesKey: number } | Deferred {
  const scope = run.state.instance(scopeKey);
  if (!scope || scope.phase >= phase.terminating) {
    const reason = `Expected to update variables for element with key '${scopeKey}', but no such element was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  const task = scope.data?.userTaskKey === undefined ? undefined : run.state.userTasks.get(scope.data.userTaskKey);
  // one that is completed waits for its output mappings or end listeners: it changes no more
  if (!task || task.state === 'COMPLETED') {
    if (local) setLocalVariables(run.state, scope, variables);
    else propagateVariables(run.state, scope, variables);
    return { variablesKey: run.keys.next() };
  }
  if (task.state !== 'CREATED') {
    const reason = `Expected to trigger update transition for user task with key '${task.key}', but it is in state '${task.state}'`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  const variablesKey = run.keys.next();
  guarded(run, scope, () =>
    beginTransition(run, task, { event: 'UPDATING', action: '', variables, variablesKey, local }),
  );
  return new Deferred(waiterOf(task.key));
}
