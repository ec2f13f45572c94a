import { alwaysKnown } from './feel.ts';
import { canonicalName } from './known-names.ts';
import { parse } from './syntax.ts';

/**
 * The variables that an expression may read. Names that it makes itself (entries of a context, of a loop) are left out
 * wherever they are used: a variable of such a name is one too few at the most.
 */
export function usedVariables(source: string): string[] {
  const { tree, text } = parse(source, 'Expression', alwaysKnown);
  const made = new Set<string>();
  const used = new Set<string>();
  tree.iterate({
    enter({ name: kind, from, to, node }) {
      if (kind !== 'VariableName' && kind !== 'Name') return;
      const name = canonicalName(text.slice(from, to).replaceAll('`', ''));
      if (kind === 'Name') {
        if (node.parent?.name !== 'ParameterName') made.add(name);
      } else if (node.parent?.name !== 'FunctionInvocation' || node.prevSibling) used.add(name);
    },
  });
  return [...used].filter((name) => !made.has(name));
}
