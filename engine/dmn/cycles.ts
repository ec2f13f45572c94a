import type { Drg } from './drg.ts';

/** Throws an Error when a decision or a business knowledge model needs itself, directly or by way of others. */
export function refuseCycles({ decisions, knowledge }: Drg): void {
  if (hasCycle(decisions)) throw new Error('Invalid DMN model: Cyclic dependencies between decisions detected.');
  if (hasCycle(knowledge)) throw new Error('Invalid DMN model: Cyclic dependencies between BKMs detected.');
}

interface Requiring {
  id: string;
  requires: string[];
}

function hasCycle(elements: Requiring[]): boolean {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const done = new Set<Requiring>();
  const open = new Set<Requiring>();
  const visit = (element: Requiring): boolean => {
    if (done.has(element)) return false;
    if (open.has(element)) return true;
    open.add(element);
    const found = element.requires.some((id) => {
      const required = byId.get(id);
      return required !== undefined && visit(required);
    });
    open.delete(element);
    done.add(element);
    return found;
  };
  return elements.some(visit);
}
