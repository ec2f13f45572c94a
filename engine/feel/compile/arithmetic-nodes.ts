import { negate, operators } from '../arithmetic.ts';
import { childrenOf } from '../syntax.ts';
import type { NodeCompiler } from './compiler.ts';

export const arithmeticExpression: NodeCompiler = (node, compiler) => {
  const children = childrenOf(node);
  if (children.length === 2) {
    const operand = compiler.expression(children[1]!);
    return (scope) => negate(operand(scope), scope.run);
  }
  const sign = compiler.text(children[1]!);
  const operate = operators[sign === '^' ? '**' : sign]!;
  const left = compiler.expression(children[0]!);
  const right = compiler.expression(children[2]!);
  return (scope) => operate(left(scope), right(scope), scope.run);
};
