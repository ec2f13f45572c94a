import { CommandRejection } from '../../command-rejection.ts';
import type {
  CompleteJobRequest,
  Empty,
  FailJobRequest,
  ThrowJobErrorRequest,
  UpdateJobRequest,
  YieldJobRequest,
} from '../../commands.ts';
import type { JsonObject } from '../../json.ts';
import { jobPhase, phase, type ElementInstanceRow, type InstanceRow, type JobRow } from '../../state/rows.ts';
import { completeAdHocJob } from '../ad-hoc-job.ts';
import { throwError } from '../errors.ts';
import { Incident, type IncidentType } from '../incident.ts';
import { raiseIncident } from '../incidents.ts';
import { endJob } from '../jobs.ts';
import type { Run } from '../run.ts';
import { setLocalVariables } from '../scope-variables.ts';
import { completeTaskListener } from '../task-listener-result.ts';

export function completeJob(run: Run, request: CompleteJobRequest): Empty {
  const job = openJob(run, request.jobKey, 'complete');
  const holder = holderOf(run, job);
  if (job.kind === 'TASK_LISTENER') {
    completeTaskListener(run, job, request);
    return {};
  }
  if (job.kind === 'AD_HOC_SUB_PROCESS') {
    completeAdHocJob(run, job, holder as ElementInstanceRow, request);
    return {};
  }
  endJob(run, job, 'COMPLETED');
  if (job.kind === 'EXECUTION_LISTENER') completeExecutionListener(run, holder, request.variables ?? {});
  else if (holder.phase === phase.active) {
    run.emit('element.changed', holder, {
      jobKey: null,
      data: { ...holder.data, event: { ...holder.data?.event, ...request.variables } },
    });
    run.complete(holder);
  }
  return {};
}

/** The element goes on with its next listener, or where it was when the listeners stopped it. */
function completeExecutionListener(run: Run, holder: InstanceRow, variables: JsonObject): void {
  const listeners = (holder.data?.listeners ?? 0) + 1;
  // what an end listener says is for those who come after the element
  const target = holder.phase === phase.activating ? holder : (run.state.scopeOf(holder) ?? holder);
  setLocalVariables(run.state, target, variables);
  run.emit('element.changed', holder, { jobKey: null, data: { ...holder.data, listeners } });
  if (holder.phase === phase.activating) run.reactivate(holder);
  else run.complete(holder);
}

export function failJob(run: Run, request: FailJobRequest): Empty {
  const job = openJob(run, request.jobKey, 'fail');
  const holder = holderOf(run, job);
  const retries = Math.max(request.retries ?? 0, 0);
  const backOffMs = Math.max(request.retryBackOffMs ?? 0, 0);
  const errorMessage = shortened(request.errorMessage) || null;
  const waits = retries > 0 && backOffMs > 0;
  run.emit('job.failed', job, {
    state: 'FAILED',
    phase: retries === 0 ? jobPhase.stuck : waits ? jobPhase.backingOff : jobPhase.activatable,
    retries,
    errorMessage,
    dueAt: waits ? run.now + backOffMs : null,
    updatedAt: run.now,
  });
  if (request.variables) setLocalVariables(run.state, holder, request.variables);
  if (retries === 0) {
    raiseIncident(run, holder, noRetries[job.kind], errorMessage ?? 'No more retries left.', job.key);
  }
  return {};
}

/** Zeebe's limit (`DEFAULT_MAX_ERROR_MESSAGE_SIZE`), in characters. */
const maxErrorMessageLength = 10_000;

const shortened = (message = ''): string =>
  message.length > maxErrorMessageLength ? `${message.slice(0, maxErrorMessageLength)}...` : message;

const noRetries: Record<JobRow['kind'], IncidentType> = {
  BPMN_ELEMENT: 'JOB_NO_RETRIES',
  AD_HOC_SUB_PROCESS: 'AD_HOC_SUB_PROCESS_NO_RETRIES',
  EXECUTION_LISTENER: 'EXECUTION_LISTENER_NO_RETRIES',
  TASK_LISTENER: 'TASK_LISTENER_NO_RETRIES',
};

export function throwJobError(run: Run, request: ThrowJobErrorRequest): Empty {
  const job = openJob(run, request.jobKey, 'throw an error for');
  if (job.kind === 'TASK_LISTENER' || job.kind === 'EXECUTION_LISTENER') {
    const reason = `Cannot throw BPMN error from ${job.kind} job with key '${job.key}', type '${job.type}' and processInstanceKey '${job.processInstanceKey}'`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  const holder = holderOf(run, job);
  const { errorCode } = request;
  const errorMessage = shortened(request.errorMessage);
  const said = { state: 'ERROR_THROWN', errorCode, errorMessage: errorMessage || null, dueAt: null } as const;
  try {
    throwError(run, holder, { code: errorCode, message: errorMessage, variables: request.variables ?? {} });
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    run.emit('job.failed', job, { ...said, phase: jobPhase.stuck, updatedAt: run.now });
    raiseIncident(run, holder, error.type, error.message, job.key);
    return {};
  }
  run.emit('job.ended', job, { ...said, phase: jobPhase.ended, endedAt: run.now });
  return {};
}

export function updateJob(run: Run, { jobKey, retries, timeoutMs, isChangeset }: UpdateJobRequest): Empty {
  const job = run.state.jobs.get(jobKey);
  if (!job || job.phase === jobPhase.ended) {
    const reason = `Expected to update job with key '${jobKey}', but no such job was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  const change: Partial<JobRow> = { updatedAt: run.now };
  const problems: string[] = [];
  if (isGiven(retries)) {
    if (retries < 1) problems.push(tooFewRetries(jobKey, retries));
    Object.assign(change, { retries, state: 'RETRIES_UPDATED' });
  }
  if (isGiven(timeoutMs)) {
    if (job.phase !== jobPhase.activated) {
      problems.push(`Expected to update the timeout of job with key '${jobKey}', but it is not active`);
    }
    change.dueAt = run.now + timeoutMs;
  }
  if (problems.length > 0) {
    const type = isChangeset || isGiven(retries) ? 'INVALID_ARGUMENT' : 'INVALID_STATE';
    throw new CommandRejection(type, problems.join(', '));
  }
  if (isGiven(retries) || isGiven(timeoutMs)) run.emit('job.changed', job, change);
  return {};
}

const isGiven = (value: number | null | undefined): value is number => value !== null && value !== undefined;

const tooFewRetries = (jobKey: number, retries: number): string =>
  `Expected to update retries for job with key '${jobKey}' with a positive amount of retries, ` +
  `but the amount given was '${retries}'`;

/** The job is there for the next worker, with the retries that it had. */
export function yieldJob(run: Run, { jobKey, deadlineAt }: YieldJobRequest): Empty {
  const job = run.state.jobs.get(jobKey);
  if (job?.phase === jobPhase.activated && job.dueAt === deadlineAt) {
    run.emit('job.available', job, { phase: jobPhase.activatable, dueAt: null, updatedAt: run.now });
  }
  return {};
}

/** @throws CommandRejection unless a worker may still say something about the job */
function openJob(run: Run, jobKey: number, verb: string): JobRow {
  const job = run.state.jobs.get(jobKey);
  if (!job || job.phase === jobPhase.ended) {
    const reason = `Expected to ${verb} job with key '${jobKey}', but no such job was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (job.phase === jobPhase.activated || job.phase === jobPhase.activatable) return job;
  const state = job.state === 'ERROR_THROWN' ? 'ERROR_THROWN' : 'FAILED';
  const reason = `Expected to ${verb} job with key '${jobKey}', but it is in state '${state}'`;
  throw new CommandRejection('INVALID_STATE', reason);
}

function holderOf(run: Run, job: JobRow): InstanceRow {
  return run.state.instance(job.elementInstanceKey, job.processInstanceKey)!;
}
