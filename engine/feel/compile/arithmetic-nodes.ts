import { negate, operators } from '../arithmetic.ts';
import { childrenOf } from '../syntax.ts';
import type { NodeCompiler } from './compiler.ts';
import { testOf } from './instance-of.ts';

export const arithmeticExpression: NodeCompiler = (node, compiler) => {
  const children = childrenOf(node);
  if (children.length === 2) {
    const operand = compiler.expression(children[1]!);
    return (scope) => negate(operand(scope), scope.run);
  }
  const sign = compiler.text(children[1]!);
  const operate = operators[sign === '^' ? '**' : sign]!;
  const left = compiler.expression(children[0]!);
  const last = children[2]!;
  // `2 * 3 instance of number` asks for the type of the product.
  const test = last.name === 'InstanceOfExpression' ? testOf(last, compiler) : null;
  const right = compiler.expression(test ? last.firstChild! : last);
  if (test) return (scope) => test(operate(left(scope), right(scope), scope.run));
  return (scope) => operate(left(scope), right(scope), scope.run);
};
