import type { ExecutableElement } from '../model/executable-process.ts';
import { Expressions } from '../processing/expressions.ts';
import { Incident } from '../processing/incident.ts';
import { guarded } from '../processing/incidents.ts';
import { cancelJob, createElementJob, createJob, describeJob } from '../processing/jobs.ts';
import type { Run } from '../processing/run.ts';
import { resolveForm } from '../processing/forms.ts';
import { abandonTransition, beginTransition, isHeard } from '../processing/user-task-transitions.ts';
import { instantOf } from '../processing/user-task-dates.ts';
import type { ElementInstanceRow, UserTaskRow } from '../state/rows.ts';
import type { Behavior } from './behavior.ts';

/** A Camunda user task with its life cycle, or (without zeebe:userTask) a job with the attributes as headers. */
export const userTask: Behavior = {
  activate(run, row, element) {
    if (element.job) {
      createJobWorkerTask(run, row, element);
      return;
    }
    const task = newUserTask(run, row, element);
    run.emit('user-task.creating', task);
    run.emit('element.changed', row, { data: { ...row.data, userTaskKey: task.key } });
    // the task is there even when its first listener can't be called: the incident is tried again from there
    guarded(run, row, () => beginTransition(run, task, { event: 'CREATING', action: '' }));
  },

  terminate(run, row, element, manner) {
    const task = row.data?.userTaskKey === undefined ? undefined : run.state.userTasks.get(row.data.userTaskKey);
    if (!task || task.state === 'COMPLETED' || task.state === 'CANCELED') return;
    cancelJob(run, row);
    if (task.pending && task.state !== 'CREATING') abandonTransition(run, task);
    const waits = manner === 'heard' && isHeard(run, element, 'CANCELING');
    beginTransition(run, task, { event: 'CANCELING', action: '' }, manner);
    // without listeners the transition has asked for the end already; saying 'wait' leaves that one way
    return waits || row.children === 0 ? 'wait' : undefined;
  },
};

export function newUserTask(run: Run, row: ElementInstanceRow, element: ExecutableElement): UserTaskRow {
  const spec = element.userTask!;
  const expressions = new Expressions(run, row);
  const dueDate = dateOf(expressions, spec.dueDate);
  const followUpDate = dateOf(expressions, spec.followUpDate);
  // read now, so that a bad one is an incident before the task is there
  expressions.optionalString(spec.assignee);
  return {
    key: run.keys.next(),
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: row.elementRef,
    state: 'CREATING',
    assignee: null,
    candidateGroups: expressions.strings(spec.candidateGroups),
    candidateUsers: expressions.strings(spec.candidateUsers),
    dueDate,
    dueAt: instantOf(dueDate),
    followUpDate,
    followUpAt: instantOf(followUpDate),
    priority: priorityOf(expressions, spec.priority),
    formKey: spec.formId ? resolveForm(run, element, expressions.string(spec.formId)) : null,
    externalFormReference: expressions.optionalString(spec.externalReference),
    action: null,
    createdAt: run.now,
    endedAt: null,
    headers: Object.keys(spec.headers).length > 0 ? spec.headers : null,
    pending: null,
  };
}

function dateOf(expressions: Expressions, expression: string | null): string | null {
  const date = expressions.optionalDate(expression);
  if (date === null || date === '') return null;
  if (instantOf(date) === null) {
    throw new Incident(
      'EXTRACT_VALUE_ERROR',
      `Invalid date-time format '${date}' for expression '${expression!.replace(/^=/, '')}'.`,
    );
  }
  return date;
}

export function priorityOf(expressions: Expressions, expression: string | null): number {
  if (expression === null || expression === '') return 50;
  const priority = expressions.integer(expression);
  if (priority >= 0 && priority <= 100) return priority;
  throw new Incident('EXTRACT_VALUE_ERROR', `Expected priority to be in the range [0,100] but was '${priority}'.`);
}

function createJobWorkerTask(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  const spec = element.userTask!;
  const expressions = new Expressions(run, row);
  const headers: Record<string, string> = {};
  const set = (name: string, value: string | null) => {
    if (value) headers[`io.camunda.zeebe:${name}`] = value;
  };
  set('assignee', expressions.optionalString(spec.assignee));
  const lists = { candidateGroups: spec.candidateGroups, candidateUsers: spec.candidateUsers };
  for (const [name, expression] of Object.entries(lists)) {
    const list = expressions.strings(expression);
    set(name, list && JSON.stringify(list));
  }
  set('dueDate', dateOf(expressions, spec.dueDate));
  set('followUpDate', dateOf(expressions, spec.followUpDate));
  if (spec.formId) set('formKey', String(resolveForm(run, element, expressions.string(spec.formId))));
  if (Object.keys(headers).length === 0) {
    createElementJob(run, row, element);
    return;
  }
  createJob(run, row, {
    ...describeJob(run, row, element.job!),
    headers: { ...element.job!.headers, ...headers },
  });
}
