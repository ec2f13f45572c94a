import type { ActivatedJob, ActivateJobsRequest, JobUserTask } from '../commands.ts';
import type { JsonObject } from '../json.ts';
import { jobPhase, type ElementInstanceRow, type JobRow, type UserTaskRow } from '../state/rows.ts';
import { raiseIncident } from './incidents.ts';
import type { Run } from './run.ts';
import { ScopeVariables } from './scope-variables.ts';

/** Gives jobs to a worker until their deadline. What would make the answer too large stays for the next poll. */
export function activateJobs(run: Run, request: ActivateJobsRequest): ActivatedJob[] {
  const activated: ActivatedJob[] = [];
  let bytes = 0;
  for (const job of run.state.queries.activatableJobs(request.type, request.maxJobs)) {
    const printed = printJob(run, job, request);
    if (printed.variablesJson.length > run.settings.maxMessageBytes) {
      keepBack(run, job, printed.variablesJson.length);
      continue;
    }
    bytes += printed.variablesJson.length;
    if (activated.length > 0 && bytes > run.settings.maxMessageBytes) break;
    const { deadlineAt: dueAt, worker } = printed;
    run.emit('job.activated', job, { phase: jobPhase.activated, dueAt, worker, updatedAt: run.now });
    activated.push(printed);
  }
  return activated;
}

/** No worker could take it in one message: it waits for smaller variables, or for a person. */
function keepBack(run: Run, job: JobRow, bytes: number): void {
  const megabytes = `${(bytes / 1024 / 1024).toFixed(2)} MB`;
  const message =
    `The job with key '${job.key}' can not be activated, because with ${megabytes} it is larger than the configured ` +
    'message size (per default is 4 MB). Try to reduce the size by reducing the number of fetched variables or ' +
    'modifying the variable values.';
  run.emit('job.changed', job, { phase: jobPhase.stuck, updatedAt: run.now });
  const row = run.state.instance(job.elementInstanceKey, job.processInstanceKey)!;
  raiseIncident(run, row, 'MESSAGE_SIZE_EXCEEDED', message, job.key);
}

/** Reads only. */
export function printJob(run: Run, job: JobRow, request: ActivateJobsRequest): ActivatedJob {
  const element = run.element(job);
  const row = run.state.instance(job.elementInstanceKey, job.processInstanceKey)!;
  const instance = run.state.processInstance(job.processInstanceKey)!;
  const task = job.kind === 'TASK_LISTENER' ? taskOf(run, row as ElementInstanceRow) : undefined;
  // a completing listener sees what the completion brings, though it is not written yet
  const overlay: JsonObject | undefined = task?.pending?.variables;
  return {
    jobKey: job.key,
    type: job.type,
    kind: job.kind,
    listenerEventType: job.listenerEvent,
    worker: request.worker,
    retries: job.retries,
    deadlineAt: run.now + request.timeoutMs,
    processInstanceKey: job.processInstanceKey,
    rootProcessInstanceKey: instance.rootKey,
    processDefinitionKey: element.process.key,
    processDefinitionId: element.process.processId,
    processDefinitionVersion: element.process.version,
    elementId: element.id,
    elementInstanceKey: job.elementInstanceKey,
    customHeaders: job.headers ?? element.job?.headers ?? {},
    variablesJson: new ScopeVariables(run.state, row, overlay).json(request.fetchVariables),
    tags: instance.tags ?? [],
    userTask: task ? printTask(task) : null,
  };
}

function taskOf(run: Run, row: ElementInstanceRow): UserTaskRow | undefined {
  return row.data?.userTaskKey === undefined ? undefined : run.state.userTasks.get(row.data.userTaskKey);
}

/** The task as it will be when the listeners let the transition pass. */
function printTask(task: UserTaskRow): JobUserTask {
  const after = { ...task, ...task.pending?.changes };
  return {
    userTaskKey: task.key,
    action: task.pending?.action ?? '',
    assignee: after.assignee,
    candidateGroups: after.candidateGroups ?? [],
    candidateUsers: after.candidateUsers ?? [],
    changedAttributes: task.pending?.changedAttributes ?? [],
    dueDate: after.dueDate,
    followUpDate: after.followUpDate,
    formKey: task.formKey,
    priority: after.priority,
  };
}
