import { CommandRejection } from '../../command-rejection.ts';
import { priorityOf } from '../../elements/user-task.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import type { ElementInstanceRow, UserTaskRow } from '../../state/rows.ts';
import { Expressions } from '../expressions.ts';
import { resolveForm } from '../forms.ts';
import { Incident } from '../incident.ts';
import { resolveIncidentsOf } from '../incidents.ts';
import { cancelJob } from '../jobs.ts';
import type { Run } from '../run.ts';
import { instantOf } from '../user-task-dates.ts';

const prefix = 'io.camunda.zeebe:';
type Headers = Record<string, string>;

/**
 * The job of a user task without zeebe:userTask becomes a user task of Camunda's: candidates, dates, form and headers
 * are those that the job was made with, the assignee and the priority are what the target says. No listener is called.
 * @throws CommandRejection when there is no job, or the target's form instead of an embedded one isn't there
 */
export function becomeUserTask(run: Run, row: ElementInstanceRow, from: ExecutableElement): void {
  const job = row.jobKey === null ? undefined : run.state.jobs.get(row.jobKey);
  if (!job) {
    throw new CommandRejection(
      'INVALID_STATE',
      `Expected to migrate a job for user task '${from.id}' on process instance with key '${row.processInstanceKey}', ` +
        `but could not find job with key '${row.jobKey ?? 0}'. ` +
        'Please resolve any incidents on the user task before migrating the process instance.',
    );
  }
  // an execution listener's job is still to come to its end: the task is made when the element is entered
  if (job.kind !== 'BPMN_ELEMENT') return;
  const task = taskOf(run, row, from, job.headers ?? from.job!.headers);
  const assignee = assigneeOf(run, row);
  cancelJob(run, row);
  resolveIncidentsOf(run, row);
  run.emit('user-task.creating', task);
  run.emit('element.changed', row, { jobKey: null, data: { ...row.data, userTaskKey: task.key } });
  run.emit('user-task.changed', task, { state: 'CREATED', assignee, action: '' });
  if (assignee) run.state.taskUsers.note(assignee, run.now);
}

function taskOf(run: Run, row: ElementInstanceRow, from: ExecutableElement, headers: Headers): UserTaskRow {
  const said = (name: string) => headers[`${prefix}${name}`] ?? null;
  const list = (name: string) => {
    const text = said(name);
    return text === null ? null : (JSON.parse(text) as string[]);
  };
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(prefix));
  const [dueDate, followUpDate] = [said('dueDate'), said('followUpDate')];
  return {
    key: run.keys.next(),
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: row.elementRef,
    state: 'CREATING',
    assignee: null,
    candidateGroups: list('candidateGroups'),
    candidateUsers: list('candidateUsers'),
    dueDate,
    dueAt: instantOf(dueDate),
    followUpDate,
    followUpAt: instantOf(followUpDate),
    priority: targetsPriority(run, row),
    ...formOf(run, row, from, said('formKey')),
    action: null,
    createdAt: run.now,
    endedAt: null,
    headers: own.length > 0 ? Object.fromEntries(own) : null,
    pending: null,
  };
}

/** What can't be read is left open, as in Zeebe. */
function lenient<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Incident) return otherwise;
    throw error;
  }
}

function assigneeOf(run: Run, row: ElementInstanceRow): string | null {
  const { assignee } = run.element(row).userTask!;
  return lenient(null, () => new Expressions(run, scopeOf(run, row)).optionalString(assignee)) || null;
}

function targetsPriority(run: Run, row: ElementInstanceRow): number {
  const { priority } = run.element(row).userTask!;
  return lenient(50, () => priorityOf(new Expressions(run, scopeOf(run, row)), priority));
}

const scopeOf = (run: Run, row: ElementInstanceRow) => run.state.instance(row.scopeKey, row.processInstanceKey);

type Form = Pick<UserTaskRow, 'formKey' | 'externalFormReference'>;

function formOf(run: Run, row: ElementInstanceRow, from: ExecutableElement, reference: string | null): Form {
  const none: Form = { formKey: null, externalFormReference: null };
  if (reference === null) return none;
  if (reference.toLowerCase().includes('bpmn:usertaskform')) return targetsForm(run, row, from) ?? none;
  return from.userTask!.formId
    ? { ...none, formKey: Number(reference) }
    : { ...none, externalFormReference: reference };
}

/** A form that was inside of the source's model can't come along: it's the target's then. */
function targetsForm(run: Run, row: ElementInstanceRow, from: ExecutableElement): Form | undefined {
  const element = run.element(row);
  const { externalReference, formId } = element.userTask!;
  const expressions = new Expressions(run, scopeOf(run, row));
  try {
    if (externalReference) {
      return { formKey: null, externalFormReference: expressions.optionalString(externalReference) };
    }
    if (!formId) return undefined;
    return { formKey: resolveForm(run, element, expressions.string(formId)), externalFormReference: null };
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    const [kind, reference] = externalReference ? ['external', externalReference] : ['internal', formId!];
    throw new CommandRejection(
      'INVALID_STATE',
      `Expected to migrate form of user task with id '${from.id}' to ${kind} form with reference '${reference.replace(/^=/, '')}' ` +
        `defined in target element '${element.id}', but reference evaluation failed with message: ${error.message}`,
    );
  }
}
