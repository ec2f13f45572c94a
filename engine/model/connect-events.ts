import type { ElementSpec } from './element-spec.ts';
import type { Moddle } from './moddle.ts';
import { identifierOf, type Problem } from './complaint.ts';

/** A throwing link event goes on at the catching one of its name in the same scope; the first one where there are two. */
export function connectLinks(elements: ElementSpec[]): void {
  const catchers = new Map<string, number>();
  const nameOf = ({ parent, event }: ElementSpec) => `${parent} ${event!.link}`;
  elements.forEach((element, place) => {
    if (element.type !== 'INTERMEDIATE_CATCH_EVENT' || element.event?.kind !== 'link') return;
    if (!catchers.has(nameOf(element))) catchers.set(nameOf(element), place);
  });
  elements.forEach((element, place) => {
    if (element.type !== 'INTERMEDIATE_THROW_EVENT' || element.event?.kind !== 'link') return;
    element.linkTarget = catchers.get(nameOf(element));
    if (element.linkTarget !== undefined) (elements[element.linkTarget]!.linkSources ??= []).push(place);
  });
}

/** Associations lead from a compensation boundary event to what undoes its host; a throw event may name one activity. */
export function connectCompensation(places: ReadonlyMap<Moddle, number>, elements: ElementSpec[]): Problem[] {
  const problems: Problem[] = [];
  for (const [node, place] of places) {
    const activity = (node.eventDefinitions?.[0] as Moddle | undefined)?.activityRef as Moddle | undefined;
    if (activity) {
      const compensates = places.get(activity);
      elements[place]!.compensates = compensates;
      if (compensates === undefined)
        problems.push({ elementId: identifierOf(node.eventDefinitions![0]!), message: elsewhere(activity.id!) });
    }
    for (const artifact of (node.artifacts ?? []) as Moddle[]) {
      if (artifact.$type !== 'bpmn:Association') continue;
      const from = artifact.sourceRef && places.get(artifact.sourceRef);
      const to = artifact.targetRef && places.get(artifact.targetRef);
      const event = from === undefined ? undefined : elements[from]!;
      if (event?.type === 'BOUNDARY_EVENT' && event.event?.kind === 'compensation') event.handler ??= to;
    }
  }
  return problems;
}

const elsewhere = (activityId: string) =>
  `The referenced compensation activity '${activityId}' must be in the same scope as the compensation throw event`;
