import type { ElementSpec } from './element-spec.ts';
import { extension, type Moddle } from './moddle.ts';

/** Why a model can't be deployed, in the words of Zeebe's validators. */
export interface Problem {
  /** How Zeebe names the node: identifierOf. */
  elementId: string;
  message: string;
}

/** The node below an element's that a rule is about. */
export type Part = (node: Moddle) => Moddle | undefined;

export type Complain = (element: ElementSpec, message: string, part?: Part) => void;

export const definitionPart: Part = (node) => node.eventDefinitions?.[0];

/** What an event definition refers to, or a task: a message, a signal. */
export const referredPart =
  (name: 'messageRef' | 'signalRef' | 'escalationRef'): Part =>
  (node) =>
    (node[name] ?? node.eventDefinitions?.[0]?.[name]) as Moddle | undefined;

export const extensionPart =
  (type: string): Part =>
  (node) =>
    extension(node, type);

/** One of the list that an extension holds. */
export const itemPart =
  (type: string, list: string, index: number): Part =>
  (node) =>
    extension(node, type)?.[list]?.[index] as Moddle | undefined;

/** The second part within the first. */
export const inPart =
  (outer: Part, inner: Part): Part =>
  (node) => {
    const found = outer(node);
    return found && inner(found);
  };

export const propertyPart =
  (name: string): Part =>
  (node) =>
    node[name] as Moddle | undefined;

export const loopPart = inPart(propertyPart('loopCharacteristics'), extensionPart('zeebe:LoopCharacteristics'));

/** The id of a node, or the way to it from the closest one around it that has an id. */
export function identifierOf(node: Moddle): string {
  const way: string[] = [];
  for (let at: Moddle | undefined = node; at; at = at.$parent) {
    if (hasId(at)) return [at.id, ...way].join(' > ');
    way.unshift(nameOf(at));
  }
  return way.join(' > ');
}

/** Extensions have none by which they are called, whatever attribute they carry. */
const hasId = ({ $type, id }: Moddle): boolean => $type.startsWith('bpmn:') && id !== undefined;

/** An expression is called as the element it stands in the file as. */
function nameOf(node: Moddle): string {
  if (node.$type.endsWith('Expression') && node.$parent) {
    const property = Object.entries(node.$parent).find(([, value]) => value === node);
    if (property) return property[0];
  }
  const name = node.$type.replace(/^.*:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
