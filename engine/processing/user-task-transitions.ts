import type { JsonObject } from '../json.ts';
import { CommandRejection } from '../command-rejection.ts';
import type { ListenerSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { ElementInstanceRow, PendingTransition, UserTaskChanges, UserTaskRow } from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { createJob, describeJob } from './jobs.ts';
import type { Manner, Run } from './run.ts';
import { propagateVariables, setLocalVariables } from './scope-variables.ts';
import { instantOf } from './user-task-dates.ts';

type TransitionEvent = PendingTransition['event'];

export interface Transition {
  event: TransitionEvent;
  action: string;
  changes?: UserTaskChanges;
  variables?: JsonObject;
  /** Variables that are set for themselves: the key of the command, and whether they stay with the task. */
  variablesKey?: number;
  local?: boolean;
}

export const waiterOf = (userTaskKey: number): string => `user-task:${userTaskKey}`;

/** Begins a transition of a user task: its listeners come first, one job after the other, then it is written. */
export function beginTransition(run: Run, task: UserTaskRow, transition: Transition, manner: Manner = 'heard'): void {
  const { changes = {}, variables = {}, variablesKey, local } = transition;
  const changed = changedAttributes(task, changes);
  if (variablesKey !== undefined && Object.keys(variables).length > 0) changed.push('variables');
  const listeners = manner === 'unheard' ? [] : withGlobal(run, run.element(task), transition.event);
  const pending: PendingTransition = {
    event: transition.event,
    listener: 0,
    action: transition.action,
    changes,
    changedAttributes: changed,
    variables,
    ...(listeners && { listeners }),
    ...(variablesKey !== undefined && { variablesKey, local }),
  };
  run.emit('user-task.changed', task, { pending, state: transition.event, action: transition.action });
  nextListener(run, task);
}

export function changedAttributes(task: UserTaskRow, changes: UserTaskChanges): string[] {
  const names = Object.keys(changes) as (keyof UserTaskChanges)[];
  const changed = names.filter((name) => JSON.stringify(changes[name] ?? null) !== JSON.stringify(task[name] ?? null));
  return changed.map((name) => recordNames[name] ?? name).sort();
}

/** What Zeebe's record calls them, and so its listeners are told (`UserTaskRecord`). */
const recordNames: Partial<Record<keyof UserTaskChanges, string>> = {
  candidateGroups: 'candidateGroupsList',
  candidateUsers: 'candidateUsersList',
};

function listenersOf(element: ExecutableElement, event: TransitionEvent): ListenerSpec[] {
  return element.taskListeners?.filter((listener) => listener.event === event) ?? [];
}

/** Undefined where only the model has any. */
function withGlobal(run: Run, element: ExecutableElement, event: TransitionEvent): ListenerSpec[] | undefined {
  const { before, after } = run.state.globalListeners.around(event);
  if (before.length + after.length === 0) return undefined;
  return [...before, ...listenersOf(element, event), ...after];
}

export function isHeard(run: Run, element: ExecutableElement, event: TransitionEvent): boolean {
  return (withGlobal(run, element, event) ?? listenersOf(element, event)).length > 0;
}

/** An incident has stopped the transition and is resolved: all its listeners are called anew, as in Zeebe. */
export function retryTransition(run: Run, task: UserTaskRow): void {
  run.emit('user-task.changed', task, { pending: { ...task.pending!, listener: 0 } });
  nextListener(run, task);
}

/** Creates the job of the next listener, or writes the transition when none is left. */
export function nextListener(run: Run, task: UserTaskRow): void {
  const pending = task.pending!;
  const element = run.element(task);
  const row = run.state.instance(task.elementInstanceKey, task.processInstanceKey) as ElementInstanceRow;
  const listener = (pending.listeners ?? listenersOf(element, pending.event))[pending.listener];
  if (!listener) {
    finishTransition(run, task, row, element);
    return;
  }
  createJob(run, row, {
    ...describeJob(run, row, listener),
    kind: 'TASK_LISTENER',
    listenerEvent: pending.event,
    headers: { ...element.userTask!.headers, ...listener.headers },
  });
}

export function changesAsRow(changes: UserTaskChanges): Partial<UserTaskRow> {
  const row: Partial<UserTaskRow> = { ...changes };
  if ('dueDate' in changes) row.dueAt = instantOf(changes.dueDate);
  if ('followUpDate' in changes) row.followUpAt = instantOf(changes.followUpDate);
  return row;
}

function finishTransition(run: Run, task: UserTaskRow, row: ElementInstanceRow, element: ExecutableElement): void {
  const { event, changes, variables, action, variablesKey, local } = task.pending!;
  const end = event === 'COMPLETING' ? 'COMPLETED' : event === 'CANCELING' ? 'CANCELED' : 'CREATED';
  const endedAt = end === 'CREATED' ? null : run.now;
  run.emit('user-task.changed', task, { ...changesAsRow(changes), state: end, pending: null, action, endedAt });
  if (changes.assignee) run.state.taskUsers.note(changes.assignee, run.now);
  if (row.jobKey !== null) run.emit('element.changed', row, { jobKey: null });
  if (event === 'CREATING') assignAtFirst(run, task, row, element);
  else if (event === 'COMPLETING') {
    run.emit('element.changed', row, { data: { ...row.data, event: variables } });
    run.complete(row);
  } else if (event === 'CANCELING') run.terminate(row);
  if (variablesKey !== undefined) {
    if (local) setLocalVariables(run.state, row, variables);
    else propagateVariables(run.state, row, variables);
    run.answer(waiterOf(task.key), { value: { variablesKey } });
  } else if (event !== 'CREATING' && event !== 'CANCELING') run.answer(waiterOf(task.key), { value: {} });
}

/** An assignee of the model is assigned once the task is there, through the assigning listeners. */
function assignAtFirst(run: Run, task: UserTaskRow, row: ElementInstanceRow, element: ExecutableElement): void {
  const spec = element.userTask!;
  const assignee = task.assignee ? null : new Expressions(run, row).optionalString(spec.assignee);
  if (assignee) beginTransition(run, task, { event: 'ASSIGNING', action: '', changes: { assignee } });
}

/** A listener has refused: the task is as it was, and whoever asked is told why. */
export function denyTransition(run: Run, task: UserTaskRow, deniedReason: string): void {
  const { event } = task.pending!;
  const row = run.state.instance(task.elementInstanceKey, task.processInstanceKey)!;
  run.emit('element.changed', row, { jobKey: null });
  run.emit('user-task.changed', task, { state: 'CREATED', pending: null, action: null });
  const reason =
    `${refused[event]} of the User Task with key '${task.key}' was denied by Task Listener. ` +
    `Reason to deny: '${deniedReason}'`;
  run.answer(waiterOf(task.key), { rejection: new CommandRejection('INVALID_STATE', reason) });
}

const refused = {
  CREATING: 'Creation',
  ASSIGNING: 'Assignment',
  UPDATING: 'Update',
  COMPLETING: 'Completion',
  CANCELING: 'Cancelation',
};

/** A transition is overtaken by the end of the element: whoever waits for it is told. */
export function abandonTransition(run: Run, task: UserTaskRow): void {
  const reason = `Expected to finish the transition of user task with key '${task.key}', but it was canceled`;
  run.answer(waiterOf(task.key), { rejection: new CommandRejection('NOT_FOUND', reason) });
}
