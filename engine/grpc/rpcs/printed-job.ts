import type { ActivatedJob } from '../../commands.ts';
import { tenantId } from '../../rest/tenant.ts';

/** The message of a job; a field that has no value is left out. */
export function printedJob(job: ActivatedJob): object {
  return {
    key: job.jobKey,
    type: job.type,
    processInstanceKey: job.processInstanceKey,
    bpmnProcessId: job.processDefinitionId,
    processDefinitionVersion: job.processDefinitionVersion,
    processDefinitionKey: job.processDefinitionKey,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    customHeaders: JSON.stringify(job.customHeaders),
    worker: job.worker,
    retries: job.retries,
    deadline: job.deadlineAt,
    variables: job.variablesJson,
    tenantId,
    userTask: job.userTask ? withoutNulls(job.userTask) : undefined,
    kind: job.kind,
    listenerEventType: job.listenerEventType,
    tags: job.tags,
  };
}

function withoutNulls(task: object) {
  return Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null && value !== ''));
}
