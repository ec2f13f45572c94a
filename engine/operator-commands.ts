/** What people who look after processes do to instances and definitions; part of commands.ts. */
import type { JsonObject } from './json.ts';

type Key = number;

export interface MigrateProcessInstanceRequest {
  processInstanceKey: Key;
  targetProcessDefinitionKey: Key;
  mappingInstructions: { sourceElementId: string; targetElementId: string }[];
}

/** Elements are activated before others are terminated, so that the instance never runs empty in between. */
export interface ModifyProcessInstanceRequest {
  processInstanceKey: Key;
  activateInstructions?: ActivateInstruction[];
  /** A token for each instance of the source. */
  moveInstructions?: MoveInstruction[];
  terminateInstructions?: InstanceSelector[];
}

/** One instance, or all of an element. */
export type InstanceSelector = { elementInstanceKey: Key } | { elementId: string };

export interface ActivateInstruction {
  elementId: string;
  /** Which instance of the flow scope, where there are several. */
  ancestorElementInstanceKey?: Key;
  variableInstructions?: VariableInstruction[];
}

export interface VariableInstruction {
  variables: JsonObject;
  /** Without one they go to the process instance. */
  scopeId?: string;
}

export interface MoveInstruction extends ActivateInstruction {
  source: InstanceSelector;
  /** The flow scope is looked for around the source, or is its own. */
  scope?: 'inferred' | 'sourceParent';
}

export interface ActivateAdHocRequest {
  adHocSubProcessInstanceKey: Key;
  elements: ActivateAdHocElement[];
  /** End what runs in it first. */
  cancelRemainingInstances?: boolean;
}

export interface ActivateAdHocElement {
  elementId: string;
  variables?: JsonObject | null;
}

export interface DeleteResourceRequest {
  resourceKey: Key;
  /** What the resource has left behind goes with it. */
  deleteHistory?: boolean;
  actor?: Actor;
}

export interface DeleteResourceResponse {
  resourceKey: Key;
  batchOperation: CreateBatchOperationResponse | null;
}

/** Who has asked. */
export interface Actor {
  type: 'ANONYMOUS' | 'CLIENT' | 'UNKNOWN' | 'USER';
  id: string | null;
}

export interface CreateBatchOperationRequest {
  plan: BatchPlan;
  selection: BatchSelection;
  actor?: Actor;
}

export interface CreateBatchOperationResponse {
  batchOperationKey: Key;
  batchOperationType: BatchPlan['type'];
}

/** What is done with each item. */
export type BatchPlan =
  | { type: 'CANCEL_PROCESS_INSTANCE' | 'DELETE_PROCESS_INSTANCE' | 'DELETE_DECISION_INSTANCE' | 'RESOLVE_INCIDENT' }
  | { type: 'MIGRATE_PROCESS_INSTANCE'; migration: Omit<MigrateProcessInstanceRequest, 'processInstanceKey'> }
  | { type: 'MODIFY_PROCESS_INSTANCE'; moves: { sourceElementId: string; targetElementId: string }[] };

/** A condition over process_instance_view (decision_instance_view for decision instances) and its values. */
export interface BatchSelection {
  condition: string;
  parameters: (string | number)[];
}
