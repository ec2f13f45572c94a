import { booleanOf } from '../logic.ts';
import { operandsOf } from '../syntax.ts';
import type { Evaluate, NodeCompiler } from './compiler.ts';

export const disjunction: NodeCompiler = (node, compiler) => {
  const [left, right] = operandsOf(node).map((operand) => compiler.expression(operand)) as [Evaluate, Evaluate];
  return (scope) => {
    const first = booleanOf(left(scope), scope.run);
    if (first === true) return true;
    const second = right(scope);
    if (first === null) return second === true ? true : null;
    return booleanOf(second, scope.run);
  };
};

export const conjunction: NodeCompiler = (node, compiler) => {
  const [left, right] = operandsOf(node).map((operand) => compiler.expression(operand)) as [Evaluate, Evaluate];
  return (scope) => {
    const first = booleanOf(left(scope), scope.run);
    if (first === false) return false;
    const second = right(scope);
    if (first === null) return second === false ? false : null;
    return booleanOf(second, scope.run);
  };
};

/** A condition that is not a boolean counts as false. */
export const ifExpression: NodeCompiler = (node, compiler) => {
  const [condition, then, otherwise] = operandsOf(node).map((operand) => compiler.expression(operand)) as [
    Evaluate,
    Evaluate,
    Evaluate,
  ];
  return (scope) => (booleanOf(condition(scope), scope.run) === true ? then(scope) : otherwise(scope));
};
