import type { EvaluatedDecision, JobKind, ListenerEventType } from '../commands.ts';
import type { BatchPlan, BatchSelection } from '../operator-commands.ts';
import type { ListenerSpec } from '../model/element-spec.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** Where an element instance is in its life; ACTIVE in the API is every phase before the last two. */
export const phase = { activating: 0, active: 1, completing: 2, terminating: 3, completed: 4, terminated: 5 } as const;

/** An event that has happened to an element instance and waits for the instance to end or to take it. */
export interface PendingEvent {
  /** The catching element: boundary event, event sub-process start, or the event behind an event-based gateway. */
  elementRef: number;
  variables: JsonObject;
}

/** What only some element instances need to remember. */
export interface InstanceData {
  /** Variables of the event that completes this instance, until its output mappings have taken them. */
  event?: JsonObject;
  /** The interrupting event that ends this instance (boundary) or all its children (event sub-process). */
  interrupt?: PendingEvent;
  /** The event sub-process whose interrupting start has ended the rest of this scope. */
  interruptedBy?: number;
  /** Event-based gateway: the event that was first. */
  triggered?: PendingEvent;
  /** Multi-instance body: how many instances there are to be, how many there were (loop-items.ts). */
  total?: number;
  created?: number;
  completed?: number;
  terminated?: number;
  /** Multi-instance body: its own variable that shows what its instances have answered so far. */
  gathers?: string;
  /** Multi-instance body: something else has written that variable, which is one like any other since. */
  sharesOutputs?: true;
  /** The completion condition has held: what still runs is ended. */
  conditionMet?: true;
  /** Inner instance: its output, and whether the completion condition held after it. */
  output?: JsonValue;
  endsLoop?: boolean;
  /** Process instance: the elements it was told to begin at. */
  startAt?: number[];
  /** Process instance, and every scope in it: ids of elements after whose end the instance is terminated. */
  terminateAfter?: string[];
  /** Inner instance of a multi-instance body: counted from 1. */
  loopCounter?: number;
  /** Call activity: key of the process instance it called. */
  called?: number;
  /** Variables that a listener or a called instance hands over. */
  userTaskKey?: number;
  /** Execution listeners: how many of this phase are done. */
  listeners?: number;
  /** The error that waits for somebody to catch it, so that resolving its incident can try again. */
  error?: { code: string; message: string; variables: JsonObject };
  /** Process instance started by a message with a correlation key. */
  startLock?: true;
  /** A terminate end event has been reached here. */
  terminateEnd?: true;
  /** Compensation handler: the subscription that it serves. */
  compensation?: number;
}

interface InstanceBase {
  key: number;
  processInstanceKey: number;
  elementRef: number;
  state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  phase: number;
  /** Active child instances and tokens that wait at a join. */
  children: number;
  startedAt: number;
  endedAt: number | null;
  jobKey: number | null;
  data: InstanceData | null;
}

export interface ElementInstanceRow extends InstanceBase {
  kind?: 'element';
  scopeKey: number;
  flowRef: number | null;
  isBody: number;
}

export interface ProcessInstanceRow extends InstanceBase {
  processDefinitionKey: number;
  rootKey: number;
  parentKey: number | null;
  parentElementKey: number | null;
  depth: number;
  tags: string[] | null;
  businessId: string | null;
}

export type InstanceRow = ElementInstanceRow | ProcessInstanceRow;

export function isProcessInstance(row: InstanceRow): row is ProcessInstanceRow {
  return row.key === row.processInstanceKey;
}

export interface JobRow {
  key: number;
  type: string;
  kind: JobKind;
  listenerEvent: ListenerEventType;
  state: 'CREATED' | 'COMPLETED' | 'FAILED' | 'TIMED_OUT' | 'CANCELED' | 'ERROR_THROWN' | 'RETRIES_UPDATED';
  phase: number;
  retries: number;
  dueAt: number | null;
  worker: string | null;
  processInstanceKey: number;
  elementInstanceKey: number;
  elementRef: number;
  createdAt: number;
  updatedAt: number | null;
  endedAt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  denied: number | null;
  deniedReason: string | null;
  headers: Record<string, string> | null;
}

export const jobPhase = { activatable: 0, activated: 1, backingOff: 2, stuck: 3, ended: 4 } as const;

export interface TimerRow {
  key: number;
  dueAt: number;
  processDefinitionKey: number;
  processInstanceKey: number | null;
  elementInstanceKey: number | null;
  elementRef: number;
  /** How often it fires after this once, -1 for ever. */
  repetitions: number;
}

export interface SubscriptionRow {
  key: number;
  messageName: string;
  correlationKey: string | null;
  processId: string;
  processDefinitionKey: number;
  processInstanceKey: number | null;
  elementInstanceKey: number | null;
  elementRef: number;
  state: 'CREATED' | 'CORRELATED' | 'DELETED';
  updatedAt: number;
}

export interface SignalSubscriptionRow {
  key: number;
  signalName: string;
  processDefinitionKey: number;
  processInstanceKey: number | null;
  elementInstanceKey: number | null;
  elementRef: number;
}

/** A signal that is still on its way to the subscriptions with keys after the one and up to the other. */
export interface SignalRow {
  key: number;
  name: string;
  variables: JsonObject;
  afterKey: number;
  untilKey: number;
}

export interface CompensationSubscriptionRow {
  key: number;
  processInstanceKey: number;
  /** What has completed and could be undone. */
  activityRef: number;
  activityKey: number;
  scopeKey: number;
  /** None for a scope that is compensated by what is inside of it. */
  handlerRef: number | null;
  /** The event that has triggered it. */
  throwKey: number | null;
}

/** A condition that is waited for; the keys of instances are null at the start event of a process. */
export interface ConditionalRow {
  key: number;
  processDefinitionKey: number;
  processInstanceKey: number | null;
  elementInstanceKey: number | null;
  elementRef: number;
}

export interface MessageRow {
  key: number;
  name: string;
  correlationKey: string;
  messageId: string | null;
  expiresAt: number;
  variables: JsonObject | null;
}

export interface CorrelatedMessageRow {
  key: number;
  messageKey: number;
  messageName: string;
  correlationKey: string | null;
  processId: string;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementInstanceKey: number | null;
  elementRef: number;
  subscriptionKey: number;
  correlatedAt: number;
}

export interface IncidentRow {
  key: number;
  errorType: string;
  errorMessage: string;
  state: 'ACTIVE' | 'RESOLVED';
  processInstanceKey: number;
  elementInstanceKey: number;
  elementRef: number;
  jobKey: number | null;
  createdAt: number;
  resolvedAt: number | null;
}

export interface VariableRow {
  key: number;
  processInstanceKey: number;
  scopeKey: number;
  name: string;
  /** JSON text. */
  value: string;
}

export type UserTaskState =
  | 'CREATING'
  | 'CREATED'
  | 'ASSIGNING'
  | 'UPDATING'
  | 'COMPLETING'
  | 'CANCELING'
  | 'COMPLETED'
  | 'CANCELED';

/** What a transition of a user task will write once its listeners have let it pass. */
export interface PendingTransition {
  event: 'CREATING' | 'ASSIGNING' | 'UPDATING' | 'COMPLETING' | 'CANCELING';
  /** Listeners of the event that are done. */
  listener: number;
  /** Those of all processes and of the model together, as they were when the transition began; none: the model's. */
  listeners?: ListenerSpec[];
  /** Who has set variables of the task's scope waits for this key. */
  variablesKey?: number;
  local?: boolean;
  action: string;
  changes: UserTaskChanges;
  changedAttributes: string[];
  variables: JsonObject;
}

export interface UserTaskChanges {
  assignee?: string | null;
  candidateGroups?: string[];
  candidateUsers?: string[];
  dueDate?: string | null;
  followUpDate?: string | null;
  priority?: number;
}

export interface UserTaskRow {
  key: number;
  processInstanceKey: number;
  elementInstanceKey: number;
  elementRef: number;
  state: UserTaskState;
  assignee: string | null;
  candidateGroups: string[] | null;
  candidateUsers: string[] | null;
  dueDate: string | null;
  dueAt: number | null;
  followUpDate: string | null;
  followUpAt: number | null;
  priority: number;
  formKey: number | null;
  externalFormReference: string | null;
  action: string | null;
  createdAt: number;
  endedAt: number | null;
  headers: Record<string, string> | null;
  pending: PendingTransition | null;
}

export interface JoinTokenRow {
  key: number;
  processInstanceKey: number;
  scopeKey: number;
  gatewayRef: number;
  flowRef: number;
  waiting: number;
}

export interface BatchOperationRow {
  key: number;
  type: BatchPlan['type'];
  state: 'CREATED' | 'ACTIVE' | 'SUSPENDED' | 'CANCELED' | 'COMPLETED' | 'FAILED';
  startedAt: number;
  endedAt: number | null;
  total: number;
  completed: number;
  failed: number;
  /** Items up to this key are listed; null once all are. */
  afterKey: number | null;
  selection: BatchSelection;
  plan: BatchPlan;
  actorType: string | null;
  actorId: string | null;
  errors: { partitionId: number; type: string; message: string }[] | null;
}

export interface BatchOperationItemRow {
  itemKey: number;
  processInstanceKey: number | null;
  rootKey: number | null;
}

/** A decision that was evaluated, with those that it requires. */
export interface DecisionEvaluationRow {
  key: number;
  rootDecisionKey: number;
  evaluatedAt: number;
  evaluated: EvaluatedDecision[];
  failure: { message: string; failedDecisionId: string } | undefined;
  place: DecisionPlace | undefined;
}

/** Where in a process it was evaluated. */
export interface DecisionPlace {
  processDefinitionKey: number;
  processInstanceKey: number;
  elementInstanceKey: number;
}
