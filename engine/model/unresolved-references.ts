import { identifierOf, type Problem } from './complaint.ts';
import type { Moddle } from './moddle.ts';

/** What bpmn-moddle tells of a reference to nothing. */
interface UnresolvedReference {
  message: string;
  element?: Moddle;
  property?: string;
  value?: string;
}

/** Typed as IDREF by the schema of BPMN, or followed by tokens; what else leads nowhere counts as not written. */
const demanded = new Set(
  'default sourceRef targetRef flowNodeRef dataObjectRef activityRef eventDefinitionRef'.split(' '),
);

/** Their ends are names only: Camunda's modelers leave them behind when what they led to is deleted. */
const drawn = new Set(['bpmn:Association', 'bpmn:MessageFlow']);

/**
 * Which references to nothing Zeebe refuses.
 * @throws Error when Zeebe fails on one before it has judged the file
 */
export function unresolvedReferences(warnings: readonly { message: string }[]): Problem[] {
  const problems: Problem[] = [];
  for (const warning of warnings as readonly UnresolvedReference[]) {
    if (!warning.message.includes('unresolved reference')) continue;
    const { element, property, value } = warning;
    const name = property?.replace('bpmn:', '');
    if (isFollowed(element, name)) throw new Error(`Unable to find a model element instance for id ${value}`);
    if (!name || !demanded.has(name) || drawn.has(element?.$type ?? '')) continue;
    const elementId = element ? identifierOf(element) : 'definitions';
    problems.push({ elementId, message: complaint(element, name, value) });
  }
  return problems;
}

/** Zeebe asks each node for what leads out of it, but only few for what leads to them. */
function isFollowed(element: Moddle | undefined, name: string | undefined): boolean {
  if (name === 'outgoing') return true;
  return name === 'incoming' && (element?.$type === 'bpmn:BoundaryEvent' || element?.isForCompensation === true);
}

function complaint(element: Moddle | undefined, name: string, value: string | undefined): string {
  if (name === 'activityRef') return `The referenced compensation activity '${value}' doesn't exist`;
  if (element?.$type === 'bpmn:SequenceFlow') return unresolvedEnd(name, value);
  return `Unresolved reference '${value}' in '${name}'`;
}

export const unresolvedEnd = (property: string, value: string | undefined): string =>
  `SequenceFlow has ${property} '${value}' which cannot be resolved`;

export const missingEnd = (property: string): string => `SequenceFlow is missing required attribute ${property}`;

export const endOf = (flow: Moddle, property: string): string => `${property} of ${flow.id}`;

/** The ends of sequence flows that are written and lead nowhere: the parser leaves them out as if they were not. */
export function lostEnds(warnings: readonly { message: string }[]): Set<string> {
  const lost = new Set<string>();
  for (const { element, property } of warnings as readonly UnresolvedReference[]) {
    if (element?.$type === 'bpmn:SequenceFlow' && property) lost.add(endOf(element, property.replace('bpmn:', '')));
  }
  return lost;
}
