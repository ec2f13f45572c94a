import type { Expression, Mapping } from '../model/element-spec.ts';
import { isFeel } from './expressions.ts';

/** Targets and what they are given: a source, or for a path what follows its first part. */
type Tree = Map<string, Expression | Tree>;
type Merge = (nested: string, path: string[]) => string;

const inputs = new WeakMap<Mapping[], Expression>();
const outputs = new WeakMap<Mapping[], Expression>();

/**
 * As in Zeebe all mappings of an element are one FEEL context: later entries see earlier ones, also beside each other in
 * a path (`a.type`, then `a.text` from `=type`); of the same target the last one counts.
 */
export const inputExpression = (mappings: Mapping[]): Expression => known(inputs, mappings, (nested) => nested);

/** A path keeps what else its variable holds. */
export const outputExpression = (mappings: Mapping[]): Expression => known(outputs, mappings, merged);

const merged: Merge = (nested, path) => {
  const existing = path.join('.');
  return `if (${existing} != null) then context merge(${existing},${nested}) else ${nested}`;
};

function known(cache: WeakMap<Mapping[], Expression>, mappings: Mapping[], merge: Merge): Expression {
  let found = cache.get(mappings);
  if (found === undefined) {
    found = `=${contextOf(treeOf(mappings), [], merge)}`;
    cache.set(mappings, found);
  }
  return found;
}

function treeOf(mappings: Mapping[]): Tree {
  const tree: Tree = new Map();
  for (const { source, target } of mappings) {
    const path = target.split('.');
    const last = path.pop()!;
    let into = tree;
    for (const name of path) {
      const entry = into.get(name);
      const next: Tree = entry instanceof Map ? entry : new Map();
      if (next !== entry) into.set(name, next);
      into = next;
    }
    into.set(last, source);
  }
  return tree;
}

function contextOf(tree: Tree, path: string[], merge: Merge): string {
  const entries = [...tree].map(([name, value]) => {
    if (!(value instanceof Map)) return `${name}:${sourceOf(value)}`;
    const at = [...path, name];
    return `${name}:${merge(contextOf(value, at, merge), at)}`;
  });
  return `{${entries.join(',')}}`;
}

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function sourceOf(source: Expression): string {
  if (!isFeel(source)) return `"${source.replaceAll(/[\\"\n\r\t]/g, (sign) => escapes[sign]!)}"`;
  const text = source.slice(1);
  // a comment would reach beyond its entry
  return text.includes('//') ? `${text}\n` : text;
}
