import type { ActivatedJob } from '../../commands.ts';
import { keyOf, noContent, type Answer, type Operation } from '../operation.ts';
import { requireDefaultTenants, tenantId } from '../tenant.ts';

/** The variables are JSON text already: they are put into the answer as they are, not parsed and printed again. */
function activatedJobs(jobs: ActivatedJob[]): Answer {
  return { status: 200, text: `{"jobs":[${jobs.map(activatedJob).join(',')}]}`, contentType: 'application/json' };
}

function activatedJob(job: ActivatedJob) {
  const { userTask } = job;
  const printed = JSON.stringify({
    type: job.type,
    processDefinitionId: job.processDefinitionId,
    processDefinitionVersion: job.processDefinitionVersion,
    elementId: job.elementId,
    customHeaders: job.customHeaders,
    worker: job.worker,
    retries: job.retries,
    deadline: job.deadlineAt,
    tenantId,
    jobKey: String(job.jobKey),
    processInstanceKey: String(job.processInstanceKey),
    processDefinitionKey: String(job.processDefinitionKey),
    elementInstanceKey: String(job.elementInstanceKey),
    kind: job.kind,
    listenerEventType: job.listenerEventType,
    userTask: userTask && {
      ...userTask,
      userTaskKey: String(userTask.userTaskKey),
      formKey: userTask.formKey === null ? null : String(userTask.formKey),
    },
    tags: job.tags,
    rootProcessInstanceKey: String(job.rootProcessInstanceKey),
  });
  return `${printed.slice(0, -1)},"variables":${job.variablesJson}}`;
}

export const jobOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/jobs/activation',
    name: 'ActivateJobs',
    intent: 'ACTIVATE',
    rules: (body, invalid) => {
      if (body.type.trim() === '') invalid.push('No type provided');
      if (body.timeout < 1) invalid.push(`The value for timeout is '${body.timeout}' but must be greater than 0`);
      if (body.maxJobsToActivate < 1) {
        invalid.push(`The value for maxJobsToActivate is '${body.maxJobsToActivate}' but must be greater than 0`);
      }
    },
    answer: async ({ engine, body, signal }) => {
      if (body.tenantFilter !== 'ASSIGNED') requireDefaultTenants('Activate Jobs', body.tenantIds);
      const jobs = await engine.activateJobs(
        {
          type: body.type,
          worker: body.worker ?? '',
          timeoutMs: body.timeout,
          maxJobs: body.maxJobsToActivate,
          fetchVariables: body.fetchVariable ?? undefined,
          requestTimeoutMs: body.requestTimeout ?? undefined,
        },
        signal(),
      );
      return activatedJobs(jobs);
    },
  },
  {
    method: 'POST',
    path: '/v2/jobs/{jobKey}/completion',
    name: 'CompleteJob',
    intent: 'COMPLETE',
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'job.complete',
        jobKey: keyOf(params.jobKey!),
        variables: body.variables ?? undefined,
        result: body.result ?? undefined,
      });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/jobs/{jobKey}/failure',
    name: 'FailJob',
    intent: 'FAIL',
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'job.fail',
        jobKey: keyOf(params.jobKey!),
        retries: body.retries ?? 0,
        errorMessage: body.errorMessage ?? undefined,
        retryBackOffMs: body.retryBackOff ?? 0,
        variables: body.variables ?? undefined,
      });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/jobs/{jobKey}/error',
    name: 'ThrowJobError',
    intent: 'THROW_ERROR',
    rules: (body, invalid) => {
      if (body.errorCode.trim() === '') invalid.push('No errorCode provided');
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'job.throw-error',
        jobKey: keyOf(params.jobKey!),
        errorCode: body.errorCode,
        errorMessage: body.errorMessage ?? undefined,
        variables: body.variables ?? undefined,
      });
      return noContent;
    },
  },
  {
    method: 'PATCH',
    path: '/v2/jobs/{jobKey}',
    name: 'UpdateJob',
    intent: 'UPDATE',
    rules: (body, invalid) => {
      const { retries, timeout } = body.changeset;
      if ((retries ?? timeout ?? null) === null) invalid.push('At least one of [retries, timeout] is required');
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'job.update',
        jobKey: keyOf(params.jobKey!),
        retries: body.changeset.retries,
        timeoutMs: body.changeset.timeout,
        isChangeset: true,
      });
      return noContent;
    },
  },
];
