import type { JsonValue } from '../json.ts';

/**
 * The executable form of a process as it is kept in process_definition.model: plain JSON, elements named by their
 * place in the list. Place 0 is the process itself; an element's number in the `element` table is
 * process_definition.first_element + its place.
 */
export interface ProcessSpec {
  processId: string;
  name: string | null;
  versionTag: string | null;
  startFormId: string | null;
  elements: ElementSpec[];
}

export type ElementType =
  | 'PROCESS'
  | 'SUB_PROCESS'
  | 'AD_HOC_SUB_PROCESS'
  | 'AD_HOC_SUB_PROCESS_INNER_INSTANCE'
  | 'EVENT_SUB_PROCESS'
  | 'START_EVENT'
  | 'INTERMEDIATE_CATCH_EVENT'
  | 'INTERMEDIATE_THROW_EVENT'
  | 'BOUNDARY_EVENT'
  | 'END_EVENT'
  | 'SERVICE_TASK'
  | 'RECEIVE_TASK'
  | 'USER_TASK'
  | 'MANUAL_TASK'
  | 'TASK'
  | 'EXCLUSIVE_GATEWAY'
  | 'INCLUSIVE_GATEWAY'
  | 'PARALLEL_GATEWAY'
  | 'EVENT_BASED_GATEWAY'
  | 'SEQUENCE_FLOW'
  | 'CALL_ACTIVITY'
  | 'BUSINESS_RULE_TASK'
  | 'SCRIPT_TASK'
  | 'SEND_TASK';

export type Binding = 'latest' | 'deployment' | 'versionTag';

/** Text as the model has it: `=…` is FEEL, anything else is a literal. */
export type Expression = string;

export interface Mapping {
  source: Expression;
  target: string;
}

export interface JobSpec {
  type: Expression;
  retries: Expression;
  headers: Record<string, string>;
  linkedResources?: LinkedResourceSpec[];
}

/** A deployed resource that a worker is told of, a script of RPA for instance. */
export interface LinkedResourceSpec {
  resourceId: string;
  resourceType: string;
  linkName: string | null;
  binding: Binding;
  versionTag: string | null;
}

export interface TimerSpec {
  kind: 'date' | 'duration' | 'cycle';
  expression: Expression;
}

/** When a condition is asked: at first, and when one of the variables (none: any) is made or changed. */
export interface ConditionalSpec {
  condition: Expression;
  variableNames: string[];
  variableEvents: string[];
}

export interface EventSpec {
  kind:
    | 'none'
    | 'timer'
    | 'message'
    | 'error'
    | 'terminate'
    | 'job'
    | 'signal'
    | 'escalation'
    | 'link'
    | 'compensation'
    | 'conditional';
  timer?: TimerSpec;
  message?: { name: Expression; correlationKey: Expression | null };
  conditional?: ConditionalSpec;
  /** Null catches every error. */
  errorCode?: Expression | null;
  signal?: { name: Expression };
  /** None at a catch event, or one without a code, catches every escalation. */
  escalation?: { code: Expression | null };
  /** Name by which throwing and catching link events find each other. */
  link?: string;
}

export interface LoopSpec {
  sequential: boolean;
  inputCollection: Expression;
  inputElement: string | null;
  outputCollection: string | null;
  outputElement: Expression | null;
  completionCondition: Expression | null;
}

/** How an ad-hoc sub-process chooses what runs in it, and what it gathers. */
export interface AdHocSpec {
  activeElementsCollection: Expression | null;
  completionCondition: Expression | null;
  cancelRemainingInstances: boolean;
  outputCollection: string | null;
  outputElement: Expression | null;
  /** The variable by which a worker learns what it may activate. */
  elements: JsonValue[];
}

export interface UserTaskSpec {
  assignee: Expression | null;
  candidateGroups: Expression | null;
  candidateUsers: Expression | null;
  dueDate: Expression | null;
  followUpDate: Expression | null;
  priority: Expression | null;
  formId: Expression | null;
  formBinding: Binding;
  formVersionTag: string | null;
  externalReference: Expression | null;
  headers: Record<string, string>;
}

export interface ListenerSpec {
  event: 'START' | 'END' | 'CREATING' | 'ASSIGNING' | 'UPDATING' | 'COMPLETING' | 'CANCELING';
  type: Expression;
  retries: Expression;
  headers: Record<string, string>;
}

export interface CalledElementSpec {
  processId: Expression;
  propagateAllChildVariables: boolean;
  propagateAllParentVariables: boolean;
  binding: Binding;
  versionTag: string | null;
}

export interface DecisionSpec {
  decisionId: Expression;
  resultVariable: string;
  binding: Binding;
  versionTag: string | null;
}

export interface ElementSpec {
  id: string;
  type: ElementType;
  name: string | null;
  /** Place of the flow scope; none for the process. */
  parent?: number;
  /** Places of sequence flows. */
  incoming?: number[];
  outgoing?: number[];
  defaultFlow?: number;
  /** Sequence flow: places of its ends. */
  source?: number;
  target?: number;
  condition?: Expression;
  inputs?: Mapping[];
  outputs?: Mapping[];
  job?: JobSpec;
  event?: EventSpec;
  /** Boundary events and start events of event sub-processes. */
  interrupting?: boolean;
  attachedTo?: number;
  boundaryEvents?: number[];
  /** Compensation boundary event: the activity that undoes what its host did. */
  handler?: number;
  /** Never entered by a sequence flow, only when something is compensated. */
  forCompensation?: true;
  /** Compensation throw event: the activity that it compensates, where that is not all of its scope. */
  compensates?: number;
  /** Throwing link event: where it goes on. */
  linkTarget?: number;
  /** Catching link event: where it is come from. */
  linkSources?: number[];
  /** Scope: start events of its event sub-processes. */
  eventStarts?: number[];
  /** Scope: its own start events. */
  startEvents?: number[];
  loop?: LoopSpec;
  script?: { expression: Expression; resultVariable: string };
  decision?: DecisionSpec;
  called?: CalledElementSpec;
  adHoc?: AdHocSpec;
  /** Ad-hoc sub-process: the scope that each activated element gets of its own, and what can be activated. */
  innerInstance?: number;
  adHocActivities?: number[];
  userTask?: UserTaskSpec;
  taskListeners?: ListenerSpec[];
  executionListeners?: ListenerSpec[];
}
