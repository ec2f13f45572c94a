import type { SyntaxNode } from '@lezer/common';
import { describe } from '../print.ts';
import { ContextScope, NameScope, type Scope } from '../scope.ts';
import { operandsOf } from '../syntax.ts';
import { type FeelValue, isContext } from '../value.ts';
import type { Evaluate, NodeCompiler } from './compiler.ts';

/** Filters that may be an index without regard to any item: they are tried outside the items first. */
const mayBeIndex = new Set([
  'VariableName',
  'PathExpression',
  'ArithmeticExpression',
  'FilterExpression',
  'IfExpression',
  'ParenthesizedExpression',
]);

export const filterExpression: NodeCompiler = (node, compiler) => {
  const [source, condition] = operandsOf(node) as [SyntaxNode, SyntaxNode];
  const target = compiler.expression(source);
  const filter = compiler.expression(condition);
  if (condition.name === 'NumericLiteral') return (scope) => indexed(target(scope), filter, scope);
  const tryIndex = mayBeIndex.has(condition.name);
  return (scope) => {
    const list = listOf(target(scope), scope);
    if (list === null) return null;
    if (tryIndex) {
      const noted = scope.run.warnings.length;
      const index = filter(scope);
      scope.run.warnings.length = noted;
      if (typeof index === 'number') return itemAt(list, index);
    }
    return filtered(list, filter, scope);
  };
};

function indexed(source: FeelValue, index: Evaluate, scope: Scope): FeelValue {
  const list = listOf(source, scope);
  return list && itemAt(list, index(scope) as number);
}

function listOf(source: FeelValue, { run }: Scope): FeelValue[] | null {
  if (Array.isArray(source)) return source;
  if (source !== null && run.convertsSingletons) return [source];
  return run.warn('INVALID_TYPE', `Expected list but found '${describe(source)}'`);
}

/** Counts from 1, or from the end with -1. */
function itemAt(list: FeelValue[], index: number): FeelValue {
  const at = Math.trunc(index > 0 ? index - 1 : list.length + index);
  return list[at] ?? null;
}

function filtered(list: FeelValue[], filter: Evaluate, scope: Scope): FeelValue {
  const kept: FeelValue[] = [];
  scope.run.step(list.length);
  for (const [at, item] of list.entries()) {
    const found = filter(itemScope(scope, item));
    if (found === true) kept.push(item);
    else if (at === 0 && typeof found === 'number') return itemAt(list, found);
  }
  return kept;
}

function itemScope(scope: Scope, item: FeelValue): Scope {
  const withItem = new NameScope(scope, 'item', item);
  return isContext(item) ? new ContextScope(withItem, item) : withItem;
}
