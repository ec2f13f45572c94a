import type {
  ClusterVariableScope,
  EvaluateExpressionRequest,
  EvaluateExpressionResponse,
  PutClusterVariableRequest,
} from './cluster-commands.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type {
  ActivateAdHocElement,
  ActivateAdHocRequest,
  CreateBatchOperationRequest,
  CreateBatchOperationResponse,
  DeleteResourceRequest,
  DeleteResourceResponse,
  MigrateProcessInstanceRequest,
  ModifyProcessInstanceRequest,
} from './operator-commands.ts';

/**
 * Every command that the engine takes, with what it answers. Keys are JavaScript safe integers (Zeebe's first partition:
 * 2^51 + counter); the REST and gRPC edges print them as strings. Instants are epoch milliseconds.
 */
export type Key = number;

export interface Commands {
  'deployment.create': { request: DeploymentRequest; response: DeploymentResponse };
  'resource.delete': { request: DeleteResourceRequest; response: DeleteResourceResponse };
  'process-instance.create': { request: CreateProcessInstanceRequest; response: CreateProcessInstanceResponse };
  'process-instance.cancel': { request: { processInstanceKey: Key }; response: Empty };
  'process-instance.migrate': { request: MigrateProcessInstanceRequest; response: Empty };
  'process-instance.modify': { request: ModifyProcessInstanceRequest; response: Empty };
  'ad-hoc-sub-process.activate': { request: ActivateAdHocRequest; response: Empty };
  'job.complete': { request: CompleteJobRequest; response: Empty };
  'job.fail': { request: FailJobRequest; response: Empty };
  'job.throw-error': { request: ThrowJobErrorRequest; response: Empty };
  'job.update': { request: UpdateJobRequest; response: Empty };
  'job.yield': { request: YieldJobRequest; response: Empty };
  'message.publish': { request: PublishMessageRequest; response: { messageKey: Key } };
  'message.correlate': { request: CorrelateMessageRequest; response: { messageKey: Key; processInstanceKey: Key } };
  'signal.broadcast': { request: { signalName: string; variables?: JsonObject }; response: { signalKey: Key } };
  'user-task.assign': { request: AssignUserTaskRequest; response: Empty };
  'user-task.unassign': { request: { userTaskKey: Key; action?: string }; response: Empty };
  'user-task.update': { request: UpdateUserTaskRequest; response: Empty };
  'user-task.complete': { request: CompleteUserTaskRequest; response: Empty };
  'variables.set': { request: SetVariablesRequest; response: { variablesKey: Key } };
  'incident.resolve': { request: { incidentKey: Key }; response: Empty };
  'process-instance.delete': { request: { processInstanceKey: Key }; response: Empty };
  'decision-instance.delete': { request: { decisionEvaluationKey: Key }; response: Empty };
  'batch-operation.create': { request: CreateBatchOperationRequest; response: CreateBatchOperationResponse };
  'batch-operation.cancel': { request: { batchOperationKey: Key }; response: Empty };
  'batch-operation.suspend': { request: { batchOperationKey: Key }; response: Empty };
  'batch-operation.resume': { request: { batchOperationKey: Key }; response: Empty };
  'conditional.evaluate': { request: EvaluateConditionalRequest; response: EvaluateConditionalResponse };
  'global-listener.create': { request: { listener: GlobalListenerRequest }; response: GlobalListenerResponse };
  'global-listener.update': { request: { listener: GlobalListenerRequest }; response: GlobalListenerResponse };
  'global-listener.delete': { request: { id: string }; response: Empty };
  'decision.evaluate': { request: EvaluateDecisionRequest; response: EvaluateDecisionResponse };
  'cluster-variable.create': { request: PutClusterVariableRequest; response: Empty };
  'cluster-variable.update': { request: PutClusterVariableRequest; response: Empty };
  'cluster-variable.delete': { request: ClusterVariableScope; response: Empty };
  'expression.evaluate': { request: EvaluateExpressionRequest; response: EvaluateExpressionResponse };
  'clock.pin': { request: { timestampMs: number }; response: Empty };
  'clock.reset': { request: Empty; response: Empty };
}

export type CommandType = keyof Commands;
export type Request<T extends CommandType> = Commands[T]['request'];
export type Response<T extends CommandType> = Commands[T]['response'];
export type Command<T extends CommandType = CommandType> = { [K in T]: { type: K } & Request<K> }[T];
export type Empty = Record<never, never>;

export interface DeploymentRequest {
  resources: { name: string; content: Uint8Array }[];
}

export interface DeploymentResponse {
  deploymentKey: Key;
  processes: DeployedProcess[];
  decisions: DeployedDecision[];
  decisionRequirements: DeployedDecisionRequirements[];
  forms: DeployedForm[];
  resources: DeployedResource[];
}

export interface DeployedProcess {
  processDefinitionKey: Key;
  processDefinitionId: string;
  version: number;
  resourceName: string;
  duplicate: boolean;
}

export interface DeployedDecision {
  decisionDefinitionKey: Key;
  decisionDefinitionId: string;
  name: string;
  version: number;
  decisionRequirementsKey: Key;
  decisionRequirementsId: string;
  duplicate: boolean;
}

export interface DeployedDecisionRequirements {
  decisionRequirementsKey: Key;
  decisionRequirementsId: string;
  name: string;
  version: number;
  resourceName: string;
  duplicate: boolean;
}

export interface DeployedForm {
  formKey: Key;
  formId: string;
  version: number;
  resourceName: string;
  duplicate: boolean;
}

export interface DeployedResource {
  resourceKey: Key;
  resourceId: string;
  version: number;
  resourceName: string;
  duplicate: boolean;
}

export interface CreateProcessInstanceRequest {
  /** Either the key, or the id with an optional version (none = latest). */
  processDefinitionKey?: Key;
  processDefinitionId?: string;
  processDefinitionVersion?: number;
  variables?: JsonObject;
  startInstructions?: { elementId: string }[];
  /** The instance is terminated when an element of this id has completed or has been terminated. */
  runtimeInstructions?: { afterElementId: string }[];
  tags?: string[];
  businessId?: string;
  /** Answer only when the instance has completed, with its variables (all, or those named). */
  awaitCompletion?: boolean;
  fetchVariables?: string[];
  /** Only with awaitCompletion; the engine rejects with DEADLINE_EXCEEDED afterwards. Default 10,000. */
  requestTimeoutMs?: number;
}

export interface CreateProcessInstanceResponse {
  processInstanceKey: Key;
  processDefinitionKey: Key;
  processDefinitionId: string;
  processDefinitionVersion: number;
  tags: string[];
  businessId: string | null;
  /** JSON text of an object; '{}' unless awaitCompletion. */
  variablesJson: string;
}

export interface CompleteJobRequest {
  jobKey: Key;
  variables?: JsonObject;
  /** Only for listeners (kind TASK_LISTENER) and ad-hoc sub-processes (kind AD_HOC_SUB_PROCESS). */
  result?: JobResult;
}

export interface JobResult {
  type?: string;
  denied?: boolean | null;
  deniedReason?: string | null;
  corrections?: JobCorrections | null;
  activateElements?: Partial<ActivateAdHocElement>[] | null;
  isCompletionConditionFulfilled?: boolean | null;
  isCancelRemainingInstances?: boolean | null;
}

export interface JobCorrections {
  assignee?: string | null;
  dueDate?: string | null;
  followUpDate?: string | null;
  candidateUsers?: string[] | null;
  candidateGroups?: string[] | null;
  priority?: number | null;
}

export interface FailJobRequest {
  jobKey: Key;
  retries?: number;
  errorMessage?: string;
  retryBackOffMs?: number;
  variables?: JsonObject;
}

export interface ThrowJobErrorRequest {
  jobKey: Key;
  errorCode: string;
  errorMessage?: string;
  variables?: JsonObject;
}

export interface UpdateJobRequest {
  jobKey: Key;
  retries?: number | null;
  timeoutMs?: number | null;
  /** All that is wrong with a change set is told at once, as a bad argument (Zeebe's JobUpdateProcessor). */
  isChangeset?: boolean;
}

/** A worker that is gone gives back the job that was activated for it and that it has not received. */
export interface YieldJobRequest {
  jobKey: Key;
  /** Of that activation: a later one is not touched. */
  deadlineAt: number;
}

export interface PublishMessageRequest {
  name: string;
  correlationKey?: string;
  timeToLiveMs?: number;
  messageId?: string;
  variables?: JsonObject;
}

export interface CorrelateMessageRequest {
  name: string;
  correlationKey?: string;
  variables?: JsonObject;
}

export interface AssignUserTaskRequest {
  userTaskKey: Key;
  assignee: string;
  /** Default true; false rejects when the task is already assigned (gRPC/REST "claim"). */
  allowOverride?: boolean;
  action?: string;
}

export interface UpdateUserTaskRequest {
  userTaskKey: Key;
  /** Absent or null keeps, '' or [] clears. */
  changeset?: {
    candidateGroups?: string[] | null;
    candidateUsers?: string[] | null;
    dueDate?: string | null;
    followUpDate?: string | null;
    priority?: number | null;
  };
  action?: string;
}

export interface CompleteUserTaskRequest {
  userTaskKey: Key;
  variables?: JsonObject;
  action?: string;
}

export interface SetVariablesRequest {
  /** Element instance or process instance. */
  scopeKey: Key;
  variables: JsonObject;
  local?: boolean;
}

export interface GlobalListenerRequest {
  id: string;
  type?: string;
  eventTypes?: string[];
  /** Defaults: 3 retries, before the listeners of the model, priority 50. */
  retries?: number;
  afterNonGlobal?: boolean;
  priority?: number;
}

export interface GlobalListenerResponse extends Required<GlobalListenerRequest> {
  source: 'API' | 'CONFIGURATION';
}

export interface EvaluateConditionalRequest {
  /** None: all processes. */
  processDefinitionKey?: Key;
  variables?: JsonObject;
}

export interface EvaluateConditionalResponse {
  conditionalEvaluationKey: Key;
  processInstances: { processDefinitionKey: Key; processInstanceKey: Key }[];
}

export interface EvaluateDecisionRequest {
  decisionDefinitionKey?: Key;
  decisionDefinitionId?: string;
  variables?: JsonObject;
}

export interface EvaluateDecisionResponse {
  decisionEvaluationKey: Key;
  decisionDefinitionKey: Key;
  decisionDefinitionId: string;
  decisionDefinitionName: string;
  decisionDefinitionVersion: number;
  decisionRequirementsKey: Key;
  decisionRequirementsId: string;
  /** JSON value; null when it failed. */
  output: JsonValue;
  evaluatedDecisions: EvaluatedDecision[];
  failedDecisionDefinitionId: string | null;
  failureMessage: string | null;
}

export interface EvaluatedDecision {
  /** `${decisionEvaluationKey}-${index from 1}`. */
  decisionEvaluationInstanceKey: string;
  decisionDefinitionKey: Key;
  decisionDefinitionId: string;
  decisionDefinitionName: string;
  decisionDefinitionVersion: number;
  decisionDefinitionType: 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'UNKNOWN';
  output: JsonValue;
  evaluatedInputs: EvaluatedInput[];
  matchedRules: MatchedRule[];
}

export interface EvaluatedInput {
  inputId: string;
  inputName: string;
  inputValue: JsonValue;
}

export interface MatchedRule {
  ruleId: string;
  ruleIndex: number;
  evaluatedOutputs: { outputId: string; outputName: string; outputValue: JsonValue }[];
}

/** Not a queued command but a long poll: see Engine.activateJobs. */
export interface ActivateJobsRequest {
  type: string;
  worker: string;
  timeoutMs: number;
  maxJobs: number;
  /** Only these variables; none or empty = all visible in scope. */
  fetchVariables?: string[];
  /** 0 or absent = the engine's default (10 s), negative = answer at once. */
  requestTimeoutMs?: number;
}

/** Not a queued command but a standing order: see Engine.streamJobs. */
export interface StreamJobsRequest {
  type: string;
  worker: string;
  timeoutMs: number;
  /** Only these variables; none or empty = all visible in scope. */
  fetchVariables?: string[];
}

export interface ActivatedJob {
  jobKey: Key;
  type: string;
  kind: JobKind;
  listenerEventType: ListenerEventType;
  worker: string;
  retries: number;
  deadlineAt: number;
  processInstanceKey: Key;
  rootProcessInstanceKey: Key;
  processDefinitionKey: Key;
  processDefinitionId: string;
  processDefinitionVersion: number;
  elementId: string;
  elementInstanceKey: Key;
  customHeaders: Record<string, string>;
  /** JSON text of an object, ready to be spliced into an answer. */
  variablesJson: string;
  tags: string[];
  userTask: JobUserTask | null;
}

export type JobKind = 'BPMN_ELEMENT' | 'EXECUTION_LISTENER' | 'TASK_LISTENER' | 'AD_HOC_SUB_PROCESS';
export type ListenerEventType =
  | 'UNSPECIFIED'
  | 'START'
  | 'END'
  | 'CREATING'
  | 'ASSIGNING'
  | 'UPDATING'
  | 'COMPLETING'
  | 'CANCELING';

export interface JobUserTask {
  userTaskKey: Key;
  action: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  changedAttributes: string[];
  dueDate: string | null;
  followUpDate: string | null;
  formKey: Key | null;
  priority: number;
}
