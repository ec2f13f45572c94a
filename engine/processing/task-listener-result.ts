import { CommandRejection } from '../command-rejection.ts';
import type { CompleteJobRequest, JobCorrections } from '../commands.ts';
import {
  jobPhase,
  type ElementInstanceRow,
  type JobRow,
  type PendingTransition,
  type UserTaskChanges,
} from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { guarded } from './incidents.ts';
import type { Run } from './run.ts';
import { instantOf } from './user-task-dates.ts';
import { changedAttributes, denyTransition, nextListener } from './user-task-transitions.ts';

/** A task listener has let the transition pass (with or without corrections) or has denied it. */
export function completeTaskListener(run: Run, job: JobRow, { variables, result }: CompleteJobRequest): void {
  const row = run.state.instance(job.elementInstanceKey, job.processInstanceKey) as ElementInstanceRow;
  const task = run.state.userTasks.get(row.data!.userTaskKey!)!;
  const where = `(job key '${job.key}', type '${job.type}', processInstanceKey '${job.processInstanceKey}')`;
  if (variables && Object.keys(variables).length > 0) {
    const reason = `Task Listener job completion with variables payload provided is not yet supported ${where}. Support will be enabled with the resolution of issue #23702.\n`;
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  const denied = result?.denied === true;
  const corrections = changesOf(result?.corrections, where);
  if (denied) requireDenial(job, corrections, where);
  if (job.listenerEvent === 'CREATING' && corrections.assignee !== undefined) requireNoAssignee(run, row, where);
  run.emit('job.ended', job, {
    state: 'COMPLETED',
    phase: jobPhase.ended,
    dueAt: null,
    endedAt: run.now,
    denied: denied ? 1 : 0,
    deniedReason: denied ? (result?.deniedReason ?? '') : null,
  });
  if (denied) {
    denyTransition(run, task, result?.deniedReason ?? '');
    return;
  }
  const pending = task.pending!;
  const changes = { ...pending.changes, ...corrections };
  const listener = pending.listener + 1;
  run.emit('user-task.changed', task, {
    pending: {
      ...pending,
      listener,
      changes,
      changedAttributes: [...changedAttributes(task, changes), ...variablesOf(pending)],
    },
  });
  guarded(run, row, () => nextListener(run, task));
}

/** An assignee of the model is assigned after the creation: a correction would be lost. */
function requireNoAssignee(run: Run, row: ElementInstanceRow, where: string): void {
  const { assignee } = run.element(row).userTask!;
  if (!new Expressions(run, row).optionalString(assignee)) return;
  throw new CommandRejection(
    'INVALID_ARGUMENT',
    "Expected to complete task listener job, but correcting the assignee on 'CREATING' event is not supported when the " +
      `user task has an assignee defined in the model ${where}. Use the 'CREATING' event to set an assignee only if it ` +
      "was not defined. Use the 'ASSIGNING' event to correct an assignee that is already defined.\n",
  );
}

const variablesOf = ({ changedAttributes: changed }: PendingTransition) =>
  changed.includes('variables') ? ['variables'] : [];

function requireDenial(job: JobRow, corrections: UserTaskChanges, where: string): void {
  if (job.listenerEvent === 'CREATING' || job.listenerEvent === 'CANCELING') {
    const reason = `Denying result is not supported for '${job.listenerEvent}' task listener jobs ${where}. Only the following listener event types support denying: [ASSIGNING, COMPLETING, UPDATING].\n`;
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  if (Object.keys(corrections).length === 0) return;
  throw new CommandRejection(
    'INVALID_ARGUMENT',
    `Expected to complete task listener job with corrections, but the job result is denied ${where}. ` +
      'The corrections would be reverted by the denial. Either complete the job with corrections without setting ' +
      'denied, or complete the job with a denied result but no corrections.\n',
  );
}

/** Null and absent keep, '' and [] clear. */
export function changesOf(given: JobCorrections | null | undefined, where: string): UserTaskChanges {
  const changes: UserTaskChanges = {};
  if (!given) return changes;
  const { assignee, dueDate, followUpDate, candidateGroups, candidateUsers, priority } = given;
  const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
  if (present(assignee)) changes.assignee = assignee === '' ? null : assignee;
  if (present(dueDate)) changes.dueDate = dateOf(dueDate, 'due date', where);
  if (present(followUpDate)) changes.followUpDate = dateOf(followUpDate, 'follow-up date', where);
  if (present(candidateGroups)) changes.candidateGroups = candidateGroups;
  if (present(candidateUsers)) changes.candidateUsers = candidateUsers;
  if (present(priority)) {
    if (priority < 0 || priority > 100) {
      const reason = `Expected field 'priority' to be an integer between 0 and 100, but was '${priority}' ${where}.`;
      throw new CommandRejection('INVALID_ARGUMENT', reason);
    }
    changes.priority = priority;
  }
  return changes;
}

function dateOf(text: string, what: string, where: string): string | null {
  if (text === '') return null;
  if (instantOf(text) !== null) return text;
  const reason = `The provided ${what} '${text}' cannot be parsed as a date according to RFC 3339, section 5.6 ${where}.`;
  throw new CommandRejection('INVALID_ARGUMENT', reason);
}
