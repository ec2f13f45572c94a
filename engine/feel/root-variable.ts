import { alwaysKnown } from './feel.ts';
import { canonicalName } from './known-names.ts';
import { childrenOf, parse } from './syntax.ts';

const maxKnown = 10_000;
const known = new Map<string, string | null>();

/** The variable of an expression that is nothing but that variable or a property of it; null for any other. */
export function rootVariable(source: string): string | null {
  let found = known.get(source);
  if (found === undefined) {
    found = read(source);
    if (known.size >= maxKnown) known.clear();
    known.set(source, found);
  }
  return found;
}

function read(source: string): string | null {
  const { tree, text } = parse(source, 'Expression', alwaysKnown);
  let [node] = childrenOf(tree.topNode);
  while (node?.name === 'PathExpression') [node] = childrenOf(node);
  if (node?.name !== 'VariableName') return null;
  return canonicalName(text.slice(node.from, node.to).replaceAll('`', ''));
}
