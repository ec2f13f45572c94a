import type { SyntaxNode } from '@lezer/common';
import { equal } from '../equality.ts';
import { compare } from '../ordering.ts';
import { describe } from '../print.ts';
import type { Run } from '../run.ts';
import { childrenOf } from '../syntax.ts';
import type { FeelValue } from '../value.ts';
import type { Compiler, Evaluate, NodeCompiler } from './compiler.ts';
import { booleanOf } from '../logic.ts';
import { anyOf } from './any-of.ts';

type Compare = (left: FeelValue, right: FeelValue, run: Run) => boolean | null;

function ordered(decide: (order: number) => boolean): Compare {
  return (left, right, run) => {
    const order = compare(left, right);
    return order === null ? notComparable(left, right, run) : decide(order);
  };
}

const notComparable = (left: FeelValue, right: FeelValue, run: Run): null =>
  run.warn('NOT_COMPARABLE', `Can't compare '${describe(left)}' with '${describe(right)}'`);

function equals(left: FeelValue, right: FeelValue, run: Run): boolean | null {
  return equal(left, right) ?? notComparable(left, right, run);
}

function differs(left: FeelValue, right: FeelValue, run: Run): boolean | null {
  const same = booleanOf(equals(left, right, run), run);
  return same === null ? null : !same;
}

export const comparators: Record<string, Compare> = {
  '=': equals,
  '!=': differs,
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

export const comparison: NodeCompiler = (node, compiler) => {
  const [left, word, ...rest] = childrenOf(node) as [SyntaxNode, SyntaxNode, ...SyntaxNode[]];
  const value = compiler.expression(left);
  if (word.name === 'between') return between(value, rest, compiler);
  if (word.name === 'in') return isIn(value, rest, compiler);
  const decide = comparators[compiler.text(word)]!;
  const other = compiler.expression(rest[0]!);
  return (scope) => decide(value(scope), other(scope), scope.run);
};

function between(value: Evaluate, rest: SyntaxNode[], compiler: Compiler): Evaluate {
  const low = compiler.expression(rest[0]!);
  const high = compiler.expression(rest.at(-1)!);
  const atLeast = comparators['>=']!;
  const atMost = comparators['<=']!;
  return (scope) => {
    const found = value(scope);
    const above = booleanOf(atLeast(found, low(scope), scope.run), scope.run);
    if (above === false) return false;
    const below = atMost(found, high(scope), scope.run);
    if (above === null) return below === false ? false : null;
    return booleanOf(below, scope.run);
  };
}

function isIn(value: Evaluate, rest: SyntaxNode[], compiler: Compiler): Evaluate {
  const tests = rest
    .flatMap((node) => (node.name === 'PositiveUnaryTests' ? childrenOf(node) : [node]))
    .filter((node) => node.name === 'PositiveUnaryTest')
    .map((node) => compiler.test(node));
  const any = anyOf(tests);
  return (scope) => any(scope, value(scope));
}
