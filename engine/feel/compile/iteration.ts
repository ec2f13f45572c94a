import type { SyntaxNode } from '@lezer/common';
import { itemsOf, sequence } from '../iterate.ts';
import { booleanOf, every, some } from '../logic.ts';
import { PartialScope } from '../partial.ts';
import { NameScope, type Scope } from '../scope.ts';
import { childrenOf, operandsOf } from '../syntax.ts';
import type { FeelValue } from '../value.ts';
import { type Compiler, type Evaluate, nameOf, type NodeCompiler } from './compiler.ts';

interface Iterator {
  name: string;
  items: (scope: Scope) => FeelValue[] | null;
}

export const forExpression: NodeCompiler = (node, compiler) => {
  const { iterators, body } = partsOf(node, compiler);
  return (scope) => {
    const results: FeelValue[] = [];
    const outer = new PartialScope(scope, results);
    const complete = walk(iterators, 0, outer, (inner) => results.push(body(inner)));
    return complete ? results : null;
  };
};

export const quantifiedExpression: NodeCompiler = (node, compiler) => {
  const { iterators, body } = partsOf(node, compiler);
  const decide = node.firstChild!.name === 'some' ? some : every;
  return (scope) => {
    const rounds: Scope[] = [];
    if (!walk(iterators, 0, scope, (inner) => rounds.push(inner))) return null;
    return decide(rounds, (inner) => booleanOf(body(inner), inner.run));
  };
};

function partsOf(node: SyntaxNode, compiler: Compiler): { iterators: Iterator[]; body: Evaluate } {
  const [ins, body] = operandsOf(node) as [SyntaxNode, SyntaxNode];
  return { iterators: childrenOf(ins).map((each) => iteratorOf(each, compiler)), body: compiler.expression(body) };
}

function iteratorOf(node: SyntaxNode, compiler: Compiler): Iterator {
  const [name, source] = operandsOf(node) as [SyntaxNode, SyntaxNode];
  const bounds = operandsOf(source).map((bound) => compiler.expression(bound));
  const items = bounds.length === 2 ? rangeItems(bounds[0]!, bounds[1]!) : listItems(bounds[0]!);
  return { name: nameOf(name, compiler), items };
}

/** The later iterators turn faster; false when one has nothing to iterate over. */
function walk(iterators: Iterator[], index: number, scope: Scope, visit: (scope: Scope) => void): boolean {
  const { name, items } = iterators[index]!;
  const list = items(scope);
  if (list === null) return false;
  const isLast = index === iterators.length - 1;
  for (const item of list) {
    scope.run.step();
    const inner = new NameScope(scope, name, item);
    if (isLast) visit(inner);
    else if (!walk(iterators, index + 1, inner, visit)) return false;
  }
  return true;
}

const listItems =
  (source: Evaluate) =>
  (scope: Scope): FeelValue[] | null =>
    itemsOf(source(scope), scope.run);

const rangeItems =
  (from: Evaluate, to: Evaluate) =>
  (scope: Scope): FeelValue[] | null =>
    sequence(from(scope), to(scope), scope.run);
