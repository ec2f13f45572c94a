import type { ElementSpec, ProcessSpec } from './element-spec.ts';

export interface ExecutableProcess {
  key: number;
  processId: string;
  version: number;
  versionTag: string | null;
  name: string | null;
  deploymentKey: number;
  firstElement: number;
  elements: ExecutableElement[];
  root: ExecutableElement;
  byId: Map<string, ExecutableElement>;
  /** An inclusive gateway of it joins. */
  joinsInclusively: boolean;
}

/** An element with its links as objects. */
export interface ExecutableElement extends Omit<ElementSpec, LinkName> {
  ref: number;
  process: ExecutableProcess;
  parent?: ExecutableElement;
  incoming: ExecutableElement[];
  outgoing: ExecutableElement[];
  boundaryEvents: ExecutableElement[];
  eventStarts: ExecutableElement[];
  startEvents: ExecutableElement[];
  defaultFlow?: ExecutableElement;
  source?: ExecutableElement;
  target?: ExecutableElement;
  attachedTo?: ExecutableElement;
  innerInstance?: ExecutableElement;
  adHocActivities: ExecutableElement[];
}

type OneLink = 'parent' | 'defaultFlow' | 'source' | 'target' | 'attachedTo' | 'innerInstance';
type ManyLinks = 'incoming' | 'outgoing' | 'boundaryEvents' | 'eventStarts' | 'startEvents' | 'adHocActivities';
type LinkName = OneLink | ManyLinks;

const oneLinks: OneLink[] = ['parent', 'defaultFlow', 'source', 'target', 'attachedTo', 'innerInstance'];
const manyLinks: ManyLinks[] = [
  'incoming',
  'outgoing',
  'boundaryEvents',
  'eventStarts',
  'startEvents',
  'adHocActivities',
];

export interface ProcessIdentity {
  key: number;
  version: number;
  deploymentKey: number;
  firstElement: number;
}

export function linkProcess(spec: ProcessSpec, identity: ProcessIdentity): ExecutableProcess {
  const process = {
    ...identity,
    processId: spec.processId,
    versionTag: spec.versionTag,
    name: spec.name,
    elements: [],
    byId: new Map(),
  } as unknown as ExecutableProcess;
  process.elements = spec.elements.map(
    (element, place) => ({ ...element, ref: identity.firstElement + place, process }) as unknown as ExecutableElement,
  );
  spec.elements.forEach((element, place) => {
    const linked = process.elements[place]!;
    for (const name of oneLinks) {
      const at = element[name];
      if (at !== undefined) linked[name] = process.elements[at]!;
    }
    for (const name of manyLinks) linked[name] = (element[name] ?? []).map((at) => process.elements[at]!);
    process.byId.set(element.id, linked);
  });
  process.root = process.elements[0]!;
  process.joinsInclusively = process.elements.some(
    ({ type, incoming }) => type === 'INCLUSIVE_GATEWAY' && incoming.length > 1,
  );
  return process;
}
