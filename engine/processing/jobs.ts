import type { JobKind, ListenerEventType } from '../commands.ts';
import type { JobSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { jobPhase, type InstanceRow, type JobRow } from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { Incident } from './incident.ts';
import { linkedResourcesHeader } from './linked-resources.ts';
import type { Run } from './run.ts';

export interface NewJob {
  type: string;
  retries: number;
  kind?: JobKind;
  listenerEvent?: ListenerEventType;
  /** Only those that the model does not have. */
  headers?: Record<string, string>;
}

/** Creates the job that an element instance waits for; workers that wait for its type are told after the commit. */
export function createJob(run: Run, instance: InstanceRow, job: NewJob): JobRow {
  const row: JobRow = {
    key: run.keys.next(),
    type: job.type,
    kind: job.kind ?? 'BPMN_ELEMENT',
    listenerEvent: job.listenerEvent ?? 'UNSPECIFIED',
    state: 'CREATED',
    phase: jobPhase.activatable,
    retries: job.retries,
    dueAt: null,
    worker: null,
    processInstanceKey: instance.processInstanceKey,
    elementInstanceKey: instance.key,
    elementRef: instance.elementRef,
    createdAt: run.now,
    updatedAt: null,
    endedAt: null,
    errorCode: null,
    errorMessage: null,
    denied: null,
    deniedReason: null,
    headers: job.headers ?? null,
  };
  run.emit('job.created', row);
  run.emit('element.changed', instance, { jobKey: row.key });
  return row;
}

/** Type and retries as their expressions say. */
export function describeJob(
  run: Run,
  instance: InstanceRow,
  { type, retries }: Pick<JobSpec, 'type' | 'retries'>,
): Pick<NewJob, 'type' | 'retries'> {
  const expressions = new Expressions(run, instance);
  const found = expressions.string(type);
  if (found !== '') return { type: found, retries: expressions.integer(retries) };
  throw new Incident(
    'EXTRACT_VALUE_ERROR',
    `Expected result of the expression '${type.replace(/^=/, '')}' to be a not-empty string, but was an empty string.`,
  );
}

/** The job that the element's definition asks for. */
export function createElementJob(
  run: Run,
  instance: InstanceRow,
  element: ExecutableElement,
  kind: JobKind = 'BPMN_ELEMENT',
): void {
  const spec = element.job!;
  const described = describeJob(run, instance, spec);
  // Zeebe heeds the resources of service tasks only
  const linked = element.type === 'SERVICE_TASK' ? spec.linkedResources : undefined;
  const headers = linked && { ...spec.headers, linkedResources: linkedResourcesHeader(run, element, linked) };
  createJob(run, instance, { ...described, kind, headers });
}

export function cancelJob(run: Run, instance: InstanceRow): void {
  if (instance.jobKey === null) return;
  const job = run.state.jobs.get(instance.jobKey);
  if (!job || job.phase === jobPhase.ended) return;
  run.emit('job.ended', job, { phase: jobPhase.ended, state: 'CANCELED', dueAt: null, endedAt: run.now });
}

export function endJob(run: Run, job: JobRow, state: 'COMPLETED', change: Partial<JobRow> = {}): void {
  run.emit('job.ended', job, { ...change, state, phase: jobPhase.ended, dueAt: null, endedAt: run.now });
}
