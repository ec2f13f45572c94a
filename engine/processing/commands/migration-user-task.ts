import { newUserTask } from '../../elements/user-task.ts';
import type { ElementInstanceRow } from '../../state/rows.ts';
import { resolveIncidentsOf } from '../incidents.ts';
import { cancelJob } from '../jobs.ts';
import type { Run } from '../run.ts';
import { instantOf } from '../user-task-dates.ts';
import { beginTransition } from '../user-task-transitions.ts';

const prefix = 'io.camunda.zeebe:';

/**
 * The job of a user task without zeebe:userTask becomes a user task of Camunda's: candidates and dates are those that
 * the job was made with, the rest is what the target says.
 */
export function becomeUserTask(run: Run, row: ElementInstanceRow): void {
  const job = row.jobKey === null ? undefined : run.state.jobs.get(row.jobKey);
  // an execution listener's job is still to come to its end: the task is made when the element is entered
  if (!job || job.kind !== 'BPMN_ELEMENT') return;
  const task = newUserTask(run, row, run.element(row));
  const headers = job.headers ?? {};
  const list = (name: string) => {
    const text = headers[`${prefix}${name}`];
    return text === undefined ? undefined : (JSON.parse(text) as string[]);
  };
  task.candidateGroups = list('candidateGroups') ?? null;
  task.candidateUsers = list('candidateUsers') ?? null;
  task.dueDate = headers[`${prefix}dueDate`] ?? null;
  task.dueAt = instantOf(task.dueDate);
  task.followUpDate = headers[`${prefix}followUpDate`] ?? null;
  task.followUpAt = instantOf(task.followUpDate);
  cancelJob(run, row);
  resolveIncidentsOf(run, row);
  run.emit('user-task.creating', task);
  run.emit('element.changed', row, { jobKey: null, data: { ...row.data, userTaskKey: task.key } });
  beginTransition(run, task, { event: 'CREATING', action: '' });
}
