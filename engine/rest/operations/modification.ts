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
  activateInstructions?: ActivateBody[] | null;
  moveInstructions?: MoveBody[] | null;
  terminateInstructions?: SelectorBody[] | null;
}

/** What Camunda's validator demands beyond the schema. */
export function checkModification(body: Body, invalid: string[]): void {
  const activateInstructions = body.activateInstructions ?? [];
  const moveInstructions = body.moveInstructions ?? [];
  const terminateInstructions = body.terminateInstructions ?? [];
  const checkVariables = (instructions: { variableInstructions?: VariableBody[] }[]) => {
    const variables = instructions.flatMap(({ variableInstructions }) => variableInstructions ?? []);
    if (variables.some((variable) => Object.keys(variable.variables).length === 0))
      invalid.push('No variables provided');
  };
  checkVariables(activateInstructions);
  for (const selector of terminateInstructions) {
    if ('elementId' in selector && selector.elementId.trim() === '') invalid.push('No elementId provided');
  }
  for (const { sourceElementInstruction: source } of moveInstructions) {
    if ('sourceElementId' in source && source.sourceElementId.trim() === '')
      invalid.push('No sourceElementId provided');
  }
  if (moveInstructions.some(({ targetElementId }) => targetElementId.trim() === '')) {
    invalid.push('No targetElementId provided');
  }
  checkVariables(moveInstructions);
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
