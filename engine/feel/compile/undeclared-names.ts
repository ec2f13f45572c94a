import type { Tree } from '@lezer/common';
import { canonicalName } from '../known-names.ts';
import { FeelSyntaxError } from '../syntax.ts';

const making = new Set(['Key', 'Name', 'ParameterName']);
const using = new Set(['PathName', 'VariableName']);

/**
 * The grammar takes any words in a row for a name. Here a name of several words is one that is known beforehand or made
 * by the expression itself; `x y` is a slip of the pen. Throws FeelSyntaxError.
 */
export function refuseUndeclaredNames(tree: Tree, source: string, known: string[]): void {
  const names = new Set(known);
  const used: { name: string; at: number }[] = [];
  tree.iterate({
    enter({ name: kind, from, to, node }) {
      if (making.has(kind)) names.add(canonicalName(source.slice(from, to)));
      const isOfSeveralWords = using.has(kind) && !!node.firstChild?.nextSibling;
      if (isOfSeveralWords) used.push({ name: canonicalName(source.slice(from, to)), at: from });
    },
  });
  for (const { name, at } of used) {
    if (names.has(name)) continue;
    throw new FeelSyntaxError(source, `unexpected '${name.split(' ')[1] ?? name}' behind a name at position ${at + 1}`);
  }
}
