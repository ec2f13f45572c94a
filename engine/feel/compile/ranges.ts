import { FeelRange } from '../range.ts';
import { compare } from '../ordering.ts';
import { describe } from '../print.ts';
import type { FeelValue } from '../value.ts';
import { childrenOf, operandsOf } from '../syntax.ts';
import type { SyntaxNode } from '@lezer/common';
import type { Evaluate, NodeCompiler } from './compiler.ts';

export const interval: NodeCompiler = (node, compiler) => {
  const children = childrenOf(node);
  const startIncluded = compiler.text(children[0]!) === '[';
  const endIncluded = compiler.text(children.at(-1)!) === ']';
  const [from, to] = [children[1]!, children.at(-2)!].map((bound) => compiler.expression(bound)) as [
    Evaluate,
    Evaluate,
  ];
  const make: Evaluate = (scope) => {
    const start = from(scope);
    const end = to(scope);
    if (compare(start, end) !== null) return new FeelRange(startIncluded, start, end, endIncluded);
    return scope.run.warn('INVALID_TYPE', `Invalid range definition '${describe(start)}..${describe(end)}'`);
  };
  if (children[1]!.name !== 'NumericLiteral' || children.at(-2)!.name !== 'NumericLiteral') return make;
  // Of two numbers it is the same range each time.
  let range: FeelValue | undefined;
  return (scope) => (range ??= make(scope));
};

/** `(< 5)` as a value: a range that is open to one side. */
export const simpleTestAsValue: NodeCompiler = (node, compiler) => {
  const [first, second] = operandsOf(node) as [SyntaxNode, SyntaxNode | undefined];
  if (!second) return compiler.expression(first);
  const bound = compiler.expression(second);
  const sign = compiler.text(first);
  return (scope) => {
    const value = bound(scope);
    if (sign === '<' || sign === '<=') return new FeelRange(false, null, value, sign === '<=');
    if (sign === '>' || sign === '>=') return new FeelRange(sign === '>=', value, null, false);
    if (sign === '=') return new FeelRange(true, value, value, true);
    return scope.run.warn('INVALID_TYPE', `'${sign}' makes no range`);
  };
};
