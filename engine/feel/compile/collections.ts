import { ContextScope } from '../scope.ts';
import { childrenOf, operandsOf } from '../syntax.ts';
import { newContext } from '../value.ts';
import { type Compiler, nameOf, type NodeCompiler } from './compiler.ts';
import type { SyntaxNode } from '@lezer/common';
import { unescape } from './literals.ts';

export const list: NodeCompiler = (node, compiler) => {
  const items = operandsOf(node).map((item) => compiler.expression(item));
  return (scope) => items.map((item) => item(scope));
};

/** Later entries see earlier ones. */
export const context: NodeCompiler = (node, compiler) => {
  const entries = operandsOf(node).map((entry) => {
    const [key, value] = childrenOf(entry) as [SyntaxNode, SyntaxNode];
    return { name: keyOf(key, compiler), value: compiler.expression(value) };
  });
  return (scope) => {
    const result = newContext();
    const inner = new ContextScope(scope, result);
    for (const { name, value } of entries) result[name] = value(inner);
    return result;
  };
};

function keyOf(key: SyntaxNode, compiler: Compiler): string {
  const child = key.firstChild;
  return child?.name === 'StringLiteral' ? unescape(compiler.text(child)) : nameOf(key, compiler);
}
