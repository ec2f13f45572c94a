import type { ActivateInstruction, InstanceSelector, ModifyProcessInstanceRequest } from '../../operator-commands.ts';
import type { JsonObject } from '../../json.ts';
import { keyOf, optionalKey } from '../operation.ts';

interface ActivateBody {
  elementId: string;
  ancestorElementInstanceKey?: string;
  variableInstructions?: VariableBody[];
}

interface VariableBody {
  variables: JsonObject;
  scopeId?: string;
}

type SelectorBody = { elementInstanceKey: string } | { elementId: string };

interface MoveBody {
  sourceElementInstruction:
    | { sourceType: 'byId'; sourceElementId: string }
    | { sourceType: 'byKey'; sourceElementInstanceKey: string };
  targetElementId: string;
  ancestorScopeInstruction?: { ancestorScopeType: string; ancestorElementInstanceKey?: string };
  variableInstructions?: VariableBody[];
}

interface Body {
  activateInstructions?: ActivateBody[];
  moveInstructions?: MoveBody[];
  terminateInstructions?: SelectorBody[];
}

/** What a request says that has passed Camunda's schema. */
export function modificationOf(body: Body): Omit<ModifyProcessInstanceRequest, 'processInstanceKey'> {
  return {
    activateInstructions: body.activateInstructions?.map(activation),
    moveInstructions: body.moveInstructions?.map((move) => ({
      ...activation({
        elementId: move.targetElementId,
        ancestorElementInstanceKey: move.ancestorScopeInstruction?.ancestorElementInstanceKey,
        variableInstructions: move.variableInstructions,
      }),
      source: sourceOf(move),
      scope: scopeOf(move),
    })),
    terminateInstructions: body.terminateInstructions?.map(selector),
  };
}

function activation({
  elementId,
  ancestorElementInstanceKey,
  variableInstructions,
}: ActivateBody): ActivateInstruction {
  // Camunda's -1 says: find the scope yourself
  const ancestor = ancestorElementInstanceKey === '-1' ? undefined : optionalKey(ancestorElementInstanceKey);
  return {
    elementId,
    ancestorElementInstanceKey: ancestor,
    variableInstructions: variableInstructions?.map(({ variables, scopeId }) => ({
      variables,
      scopeId: scopeId || undefined,
    })),
  };
}

const selector = (body: SelectorBody): InstanceSelector =>
  'elementInstanceKey' in body ? { elementInstanceKey: keyOf(body.elementInstanceKey) } : body;

function sourceOf({ sourceElementInstruction: source }: MoveBody): InstanceSelector {
  if (source.sourceType === 'byId') return { elementId: source.sourceElementId };
  return { elementInstanceKey: keyOf(source.sourceElementInstanceKey) };
}

function scopeOf({ ancestorScopeInstruction }: MoveBody) {
  const type = ancestorScopeInstruction?.ancestorScopeType;
  return type === 'inferred' || type === 'sourceParent' ? type : undefined;
}
