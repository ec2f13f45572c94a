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
  /** An event of it waits for a signal: only then are signal subscriptions looked for. */
  catchesSignals: boolean;
  /** Something of it can be compensated. */
  compensates: boolean;
  /** An event of it waits for a condition: changes of its variables are looked at. */
  watchesVariables: boolean;
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
  linkSources: ExecutableElement[];
  defaultFlow?: ExecutableElement;
  source?: ExecutableElement;
  target?: ExecutableElement;
  attachedTo?: ExecutableElement;
  innerInstance?: ExecutableElement;
  adHocActivities: ExecutableElement[];
  handler?: ExecutableElement;
  compensates?: ExecutableElement;
  linkTarget?: ExecutableElement;
}

const oneLinks = [
  'parent',
  'defaultFlow',
  'source',
  'target',
  'attachedTo',
  'innerInstance',
  'handler',
  'compensates',
  'linkTarget',
] as const;
const manyLinks = [
  'incoming',
  'outgoing',
  'boundaryEvents',
  'eventStarts',
  'startEvents',
  'linkSources',
  'adHocActivities',
] as const;

type LinkName = (typeof oneLinks)[number] | (typeof manyLinks)[number];

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
  process.catchesSignals = process.elements.some(({ event }) => event?.kind === 'signal');
  process.compensates = process.elements.some(({ handler }) => handler !== undefined);
  process.watchesVariables = process.elements.some(
    ({ type, event, parent }) => event?.kind === 'conditional' && (type !== 'START_EVENT' || parent !== process.root),
  );
  return process;
}
