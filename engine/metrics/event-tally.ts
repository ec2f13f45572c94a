import type { ExecutableElement } from '../model/executable-process.ts';
import type { EventName, EventRows } from '../state/appliers.ts';
import {
  isProcessInstance,
  type DecisionEvaluationRow,
  type IncidentRow,
  type InstanceRow,
  type JobRow,
  type ProcessInstanceRow,
} from '../state/rows.ts';

/** Job types may be made by expressions: those beyond this many are counted together. */
const maxJobTypes = 1000;

export type ElementCounts = Record<'activated' | 'completed' | 'terminated', number>;

const elementActions: Partial<Record<EventName, keyof ElementCounts>> = {
  'element.activated': 'activated',
  'element.completed': 'completed',
  'element.terminated': 'terminated',
};

/**
 * What has happened since the engine was opened. An event counts after the commit of its batch; what a command undid
 * or a batch lost does not.
 */
export class EventTally {
  readonly elements = new Map<string, ElementCounts>();
  /** Counts by action, of job type and kind. */
  readonly jobs = new Map<string, { type: string; kind: string; counts: Map<string, number> }>();
  readonly incidents = { created: 0, resolved: 0 };
  readonly messages = { published: 0, expired: 0 };
  readonly processInstances = { started: 0, ended: 0 };
  /** Those that nobody called. */
  readonly rootInstances: ElementCounts = { activated: 0, completed: 0, terminated: 0 };
  /** Those of them that a command asked for, by where it began them. */
  readonly creations = { creation_at_default_start_event: 0, creation_at_given_element: 0 };
  /** Decisions, those that others require too. */
  readonly decisions = { evaluated_successfully: 0, evaluated_failed: 0 };
  events = 0;
  readonly #element: (ref: number) => ExecutableElement;
  readonly #incidentRaised: (incident: IncidentRow) => void;
  readonly #byRef = new Map<number, ElementCounts>();
  readonly #names: EventName[] = [];
  readonly #rows: object[] = [];

  constructor(element: (ref: number) => ExecutableElement, incidentRaised: (incident: IncidentRow) => void) {
    this.#element = element;
    this.#incidentRaised = incidentRaised;
  }

  note(name: EventName, row: EventRows[EventName]): void {
    this.#names.push(name);
    // how it was made does not stand in the row any more when the batch is committed
    this.#rows.push(name === 'process-instance.activating' ? creationOf(row as ProcessInstanceRow) : row);
  }

  /** Where a command begins: undoTo() takes back what it noted. */
  get mark(): number {
    return this.#names.length;
  }

  undoTo(mark: number): void {
    this.#names.length = mark;
    this.#rows.length = mark;
  }

  committed(): void {
    this.events += this.#names.length;
    for (const [index, name] of this.#names.entries()) this.#count(name, this.#rows[index]!);
    this.undoTo(0);
  }

  #count(name: EventName, row: object): void {
    const elementAction = elementActions[name];
    if (elementAction) this.#countElement(elementAction, row as InstanceRow);
    else if (name.startsWith('job.')) this.#countJob(name, row as JobRow);
    else if (name === 'process-instance.activating') this.#countCreation(row as Creation);
    else if (name === 'decision.evaluated') this.#countDecisions(row as DecisionEvaluationRow);
    else if (name === 'incident.created') {
      this.incidents.created++;
      this.#incidentRaised(row as IncidentRow);
    } else if (name === 'incident.resolved') this.incidents.resolved++;
    else if (name === 'message.published') this.messages.published++;
    else if (name === 'message.expired') this.messages.expired++;
  }

  #countCreation({ parentKey, data }: Creation): void {
    this.processInstances.started++;
    if (parentKey !== null || data?.triggered) return;
    this.creations[data?.startAt ? 'creation_at_given_element' : 'creation_at_default_start_event']++;
  }

  #countDecisions({ evaluated, failure }: DecisionEvaluationRow): void {
    this.decisions[failure ? 'evaluated_failed' : 'evaluated_successfully'] += evaluated.length;
  }

  #countElement(action: keyof ElementCounts, row: InstanceRow): void {
    if (isProcessInstance(row)) {
      if (action !== 'activated') this.processInstances.ended++;
      if (row.parentKey === null) this.rootInstances[action]++;
    }
    // a multi-instance body and its instances are of the same element
    const ref = 'isBody' in row && row.isBody ? -row.elementRef : row.elementRef;
    let counts = this.#byRef.get(ref);
    if (!counts) {
      const type = ref < 0 ? 'MULTI_INSTANCE_BODY' : this.#element(ref).type;
      counts = this.elements.get(type) ?? { activated: 0, completed: 0, terminated: 0 };
      this.elements.set(type, counts);
      this.#byRef.set(ref, counts);
    }
    counts[action]++;
  }

  #countJob(name: EventName, job: JobRow): void {
    const action = jobAction(name, job);
    if (!action) return;
    let entry = this.jobs.get(`${job.kind} ${job.type}`);
    if (!entry) {
      const type = this.jobs.size < maxJobTypes ? job.type : 'other';
      entry = this.jobs.get(`${job.kind} ${type}`) ?? { type, kind: job.kind, counts: new Map() };
      this.jobs.set(`${job.kind} ${type}`, entry);
    }
    entry.counts.set(action, (entry.counts.get(action) ?? 0) + 1);
  }
}

type Creation = Pick<ProcessInstanceRow, 'parentKey' | 'data'>;
const creationOf = ({ parentKey, data }: ProcessInstanceRow): Creation => ({ parentKey, data });

/** Zeebe's word for it. */
function jobAction(name: EventName, { state }: JobRow): string | undefined {
  if (name === 'job.created') return 'created';
  if (name === 'job.activated') return 'activated';
  if (name === 'job.failed') return state === 'ERROR_THROWN' ? 'error thrown' : 'failed';
  if (name === 'job.available') return state === 'TIMED_OUT' ? 'timed out' : undefined;
  if (name !== 'job.ended') return undefined;
  if (state === 'ERROR_THROWN') return 'error thrown';
  return state === 'CANCELED' ? 'canceled' : 'completed';
}
