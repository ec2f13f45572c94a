import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import type { EngineJob, EngineTaskEvent, EngineTaskEventType, JobHandler } from '../domain/ports/engine-job.ts';
import type { Log } from '../domain/ports/log.ts';
import { statusOf } from './engine-errors.ts';

/** A step is a short transaction; a job whose worker died is handed out again after this long. */
const JOB_TIMEOUT_MS = 30_000;
const POLL_TIMEOUT_MS = 20_000;
/** Of one job type; the database is the bottleneck, not the engine. */
const MAX_PARALLEL_JOBS = 8;
const FIRST_BACK_OFF_MS = 1000;
const MAX_BACK_OFF_MS = 60_000;

type Worker = ReturnType<CamundaClient['createJobWorker']>;
type ActivatedJob = Parameters<Parameters<CamundaClient['createJobWorker']>[0]['jobHandler']>[0];

export interface Subscription {
  /** No further job is taken; resolves when those in hand are answered, or after `waitUpToMs`. */
  stop(waitUpToMs: number): Promise<void>;
}

/** Takes jobs of the handlers' types until stopped; the engine being away is waited out with a growing back-off. */
export function subscribe(client: CamundaClient, handlers: JobHandler[], log: Log): Subscription {
  const inHand = new Set<Promise<unknown>>();
  const workers = handlers.map((handler): Worker => {
    const answer = jobAnswerer(handler, log);
    return client.createJobWorker({
      jobType: handler.jobType,
      workerName: `liandong-${process.pid}`,
      maxParallelJobs: MAX_PARALLEL_JOBS,
      jobTimeoutMs: JOB_TIMEOUT_MS,
      pollTimeoutMs: POLL_TIMEOUT_MS,
      pollIntervalMs: 5,
      pollBackoffMinMs: 200,
      pollBackoffMaxMs: 5000,
      ...(handler.variables && { fetchVariables: handler.variables }),
      jobHandler: (job) => {
        const answered = answer(job);
        inHand.add(answered);
        return answered.finally(() => inHand.delete(answered));
      },
    });
  });
  return {
    async stop(waitUpToMs) {
      for (const worker of workers) worker.stop();
      const timeLimit = new Promise((resolve) => setTimeout(resolve, waitUpToMs).unref());
      await Promise.race([Promise.allSettled(inHand), timeLimit]);
    },
  };
}

function jobAnswerer(handler: JobHandler, log: Log) {
  // Tries of listener jobs, whose retries are not counted down: a lost listener would leave its task unseen for ever.
  const tries = new Map<string, number>();
  return async (job: ActivatedJob) => {
    try {
      const answer = await run(job);
      return await answer();
    } catch (error) {
      return unanswered(job, error, log);
    }
  };

  async function run(job: ActivatedJob) {
    try {
      const outcome = await handler.run(readJob(job));
      tries.delete(job.jobKey);
      if (outcome.kind === 'BPMN_ERROR') {
        return () => job.error({ errorCode: outcome.code, errorMessage: outcome.message });
      }
      const result = job.userTask ? { type: 'userTask' as const, denied: false } : undefined;
      return () => job.complete(outcome.variables, result);
    } catch (error) {
      log.warn({ jobType: job.type, jobKey: job.jobKey, retries: job.retries, err: error }, 'a job failed');
      const tried = (tries.get(job.jobKey) ?? 0) + 1;
      if (job.userTask) tries.set(job.jobKey, tried);
      const failure = {
        errorMessage: error instanceof Error ? error.message : String(error),
        retries: job.userTask ? job.retries : Math.max(0, job.retries - 1),
        retryBackOff: backOffMs(job.userTask ? tried : Math.max(1, 4 - job.retries)),
      };
      return () => job.fail(failure);
    }
  }
}

/**
 * A job whose answer did not arrive is handed out again after its time-out, and its kept result answers then. 404: the
 * engine no longer waits (its scope ended, or another delivery has answered).
 */
function unanswered(job: ActivatedJob, error: unknown, log: Log) {
  if (statusOf(error) !== 404) {
    log.warn({ jobType: job.type, jobKey: job.jobKey, err: error }, 'the answer of a job did not reach the engine');
  }
  return job.ignore();
}

function backOffMs(tried: number) {
  return Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS * 4 ** (tried - 1));
}

function readJob(job: ActivatedJob): EngineJob {
  return {
    jobKey: job.jobKey,
    jobType: job.type,
    retries: job.retries,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: job.processDefinitionKey,
    processId: job.processDefinitionId,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    variables: job.variables,
    taskEvent: readTaskEvent(job),
  };
}

function readTaskEvent({ userTask, listenerEventType }: ActivatedJob): EngineTaskEvent | null {
  if (!userTask?.userTaskKey) return null;
  return {
    event: listenerEventType.toLowerCase() as EngineTaskEventType,
    taskKey: userTask.userTaskKey,
    action: userTask.action,
    assignee: userTask.assignee || null,
    candidateGroups: userTask.candidateGroups,
    candidateUsers: userTask.candidateUsers,
    dueAt: userTask.dueDate ? Date.parse(userTask.dueDate) : null,
    formKey: userTask.formKey,
    priority: userTask.priority ?? 50,
  };
}
