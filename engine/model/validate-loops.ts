import type { ElementSpec, ElementType, ProcessSpec } from './element-spec.ts';

/** What a token passes without waiting for anything. */
const straightThrough = new Set<ElementType>([
  'TASK',
  'MANUAL_TASK',
  'SCRIPT_TASK',
  'BUSINESS_RULE_TASK',
  'CALL_ACTIVITY',
  'INTERMEDIATE_THROW_EVENT',
  'SUB_PROCESS',
  'START_EVENT',
  'END_EVENT',
  'EXCLUSIVE_GATEWAY',
  'INCLUSIVE_GATEWAY',
  'PARALLEL_GATEWAY',
]);

/** A circle of gateways alone is not looked for, only one that these lead to. */
const beginnings = new Set<ElementType>([
  'TASK',
  'MANUAL_TASK',
  'SCRIPT_TASK',
  'BUSINESS_RULE_TASK',
  'CALL_ACTIVITY',
  'INTERMEDIATE_THROW_EVENT',
]);

interface Place {
  process: ProcessSpec;
  element: ElementSpec;
}

/**
 * A circle in which a token would run for ever without waiting, as far as the processes of one file show it.
 * @returns the ids of its elements, the first one again at the end
 */
export function straightThroughLoop(process: ProcessSpec, processes: ProcessSpec[]): string[] | undefined {
  const done = new Set<ElementSpec>();
  const first = process.elements
    .filter(({ type }) => beginnings.has(type))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const element of first) {
    const loop = loopFrom({ process, element }, processes, done);
    if (loop) return loop.map(({ id }) => id);
  }
  return undefined;
}

/** Depth first with a stack of our own: models may be longer than the call stack is deep. */
function loopFrom(begin: Place, processes: ProcessSpec[], done: Set<ElementSpec>): ElementSpec[] | undefined {
  const path: { element: ElementSpec; next: Place[] }[] = [];
  const onPath = new Set<ElementSpec>();
  const enter = ({ process, element }: Place) => {
    if (done.has(element) || !passes(element)) return;
    path.push({ element, next: following(process, element, processes) });
    onPath.add(element);
  };
  enter(begin);
  while (path.length > 0) {
    const { element, next } = path.at(-1)!;
    const place = next.shift();
    if (!place) {
      path.pop();
      onPath.delete(element);
      done.add(element);
    } else if (onPath.has(place.element)) {
      const elements = path.map((step) => step.element);
      return [...elements.slice(elements.indexOf(place.element)), place.element];
    } else enter(place);
  }
  return undefined;
}

const passes = ({ type, job }: ElementSpec): boolean => straightThrough.has(type) && !job;

function following(process: ProcessSpec, element: ElementSpec, processes: ProcessSpec[]): Place[] {
  const at = (place: number): Place => ({ process, element: process.elements[place]! });
  const targetsOf = ({ outgoing = [] }: ElementSpec) => outgoing.map((flow) => at(process.elements[flow]!.target!));
  if (element.type === 'SUB_PROCESS') return (element.startEvents ?? []).map(at);
  if (element.type === 'CALL_ACTIVITY') {
    const called = processes.find(({ processId }) => processId === element.called?.processId);
    return called ? noneStartsOf(called) : [];
  }
  if (element.outgoing) return targetsOf(element);
  // the end of a path is the end of the sub-process
  return element.parent === undefined ? [] : targetsOf(process.elements[element.parent]!);
}

function noneStartsOf(process: ProcessSpec): Place[] {
  const starts = (process.elements[0]!.startEvents ?? []).map((place) => process.elements[place]!);
  return starts.filter(({ event }) => event?.kind === 'none').map((element) => ({ process, element }));
}
