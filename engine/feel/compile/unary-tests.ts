import type { SyntaxNode } from '@lezer/common';
import { equal } from '../equality.ts';
import { booleanOf } from '../logic.ts';
import { describe } from '../print.ts';
import { FeelRange } from '../range.ts';
import { NameScope, type Scope } from '../scope.ts';
import { childrenOf, operandsOf } from '../syntax.ts';
import type { FeelValue } from '../value.ts';
import { anyOf } from './any-of.ts';
import { comparators } from './comparison.ts';
import type { Compiler, Test } from './compiler.ts';

/** The whole of an input entry: `-`, tests of which one must hold, or `not(…)` around them. */
export function unaryTests(top: SyntaxNode, compiler: Compiler): Test {
  const children = childrenOf(top);
  if (children[0]?.name === 'Wildcard') return () => true;
  const tests = children
    .filter((child) => child.name === 'PositiveUnaryTests')
    .flatMap((child) => childrenOf(child))
    .map((child) => compiler.test(child));
  const any = anyOf(tests);
  if (children[0]?.name !== 'not') return any;
  return (scope, input) => {
    const found = booleanOf(any(scope, input), scope.run);
    return found === null ? null : !found;
  };
}

const plainValues = new Set(['BooleanLiteral', 'PathExpression', 'VariableName']);

export function positiveUnaryTest(node: SyntaxNode, compiler: Compiler): Test {
  const child = node.name === 'PositiveUnaryTest' ? node.firstChild! : node;
  if (child.name === 'SimplePositiveUnaryTest') return simpleTest(child, compiler);
  const value = valueBeside(child, compiler);
  const asksInput = mentionsInput(child);
  const isPlain = plainValues.has(child.name);
  return (scope, input) => {
    const found = value(scope, input);
    // A boolean that is only named is compared; one that is computed (`limit > 5`) decides by itself.
    if (typeof found === 'boolean' && isPlain && (typeof input === 'boolean' || child.name === 'BooleanLiteral')) {
      return comparators['=']!(input, found, scope.run);
    }
    if (asksInput) return typeof found === 'boolean' ? found : null;
    return found === true || matches(found, input, scope);
  };
}

function simpleTest(node: SyntaxNode, compiler: Compiler): Test {
  const [first, second] = operandsOf(node) as [SyntaxNode, SyntaxNode | undefined];
  if (!second) {
    const range = valueBeside(first, compiler);
    return (scope, input) => matches(range(scope, input), input, scope);
  }
  const decide = comparators[compiler.text(first)]!;
  const bound = valueBeside(second, compiler);
  return (scope, input) => decide(input, bound(scope, input), scope.run);
}

/** A value that may be computed from the input; most are not, and need no scope of their own. */
function valueBeside(node: SyntaxNode, compiler: Compiler): (scope: Scope, input: FeelValue) => FeelValue {
  const value = compiler.expression(node);
  return mentionsInput(node) ? (scope, input) => value(new NameScope(scope, '?', input)) : value;
}

/** The value is the input, or a list or range that holds it, or says no by itself. */
export function matches(found: FeelValue, input: FeelValue, scope: Scope): boolean | null {
  if (found instanceof FeelRange && !(input instanceof FeelRange)) {
    return (
      found.includes(input) ??
      scope.run.warn(
        'NOT_COMPARABLE',
        `Can't compare '${describe(input)}' with '${describe(found.start)}' and '${describe(found.end)}'`,
      )
    );
  }
  if (Array.isArray(found)) {
    if (Array.isArray(input) && equal(input, found) === true) return true;
    return found.some((item) => holds(item, input));
  }
  const same = equal(input, found);
  if (same === true) return true;
  if (found === false) return false;
  return same ?? scope.run.warn('NOT_COMPARABLE', `Can't compare '${describe(input)}' with '${describe(found)}'`);
}

function holds(item: FeelValue, input: FeelValue): boolean {
  if (item instanceof FeelRange && item.includes(input) === true) return true;
  return equal(item, input) === true;
}

function mentionsInput(node: SyntaxNode): boolean {
  if (node.name === '?') return true;
  return childrenOf(node).some(mentionsInput);
}
