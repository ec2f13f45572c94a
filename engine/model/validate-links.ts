import type { ElementSpec, ProcessSpec } from './element-spec.ts';
import { twice } from './validate-catchers.ts';
import type { Complain } from './complaint.ts';

/** In a process or sub-process: each name is caught once, and each throwing event has its catcher in the same scope. */
export function validateLinks(spec: ProcessSpec, complain: Complain): void {
  const links = spec.elements.filter(({ event }) => event?.link);
  for (const element of links) {
    const { type, event, linkTarget, parent } = element;
    if (type !== 'INTERMEDIATE_THROW_EVENT' || linkTarget !== undefined) continue;
    const reason = `Can't find an catch link event for the throw link event with the name '${event!.link}'.`;
    complain(spec.elements[parent!]!, reason);
  }
  const catchers = links.filter(({ type }) => type === 'INTERMEDIATE_CATCH_EVENT');
  if (catchers.length < 2) return;
  for (const scope of spec.elements) {
    const inside = catchers.filter((catcher) => scopesOf(spec, catcher).includes(scope));
    for (const name of twice(inside.map(({ event }) => event!.link!))) {
      complain(
        scope,
        `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`,
      );
    }
  }
}

function scopesOf(spec: ProcessSpec, element: ElementSpec): ElementSpec[] {
  const scopes: ElementSpec[] = [];
  for (let at = element.parent; at !== undefined; at = spec.elements[at]!.parent) scopes.push(spec.elements[at]!);
  return scopes;
}
