import { childrenOf, FeelSyntaxError, type Grammar, parse } from '../syntax.ts';
import { arithmeticExpression } from './arithmetic-nodes.ts';
import { context, list } from './collections.ts';
import { comparison } from './comparison.ts';
import type { Compiler, Declarations, Evaluate, NodeCompiler, Test } from './compiler.ts';
import { filterExpression } from './filter.ts';
import { functionDefinition, functionInvocation } from './functions.ts';
import { instanceOf } from './instance-of.ts';
import { forExpression, quantifiedExpression } from './iteration.ts';
import { atLiteral, booleanLiteral, nullLiteral, numericLiteral, stringLiteral } from './literals.ts';
import { conjunction, disjunction, ifExpression } from './logic-nodes.ts';
import { inputValue, pathExpression, variableName } from './names.ts';
import { interval, simpleTestAsValue } from './ranges.ts';
import { matches, positiveUnaryTest, unaryTests } from './unary-tests.ts';
import { refuseUndeclaredNames } from './undeclared-names.ts';

const inner: NodeCompiler = (node, compiler) =>
  compiler.expression(childrenOf(node).find((child) => child.name !== '(' && child.name !== ')')!);

/** A literal that is written as a call (`date("…")`), or behind an `@`. */
const dateTimeLiteral: NodeCompiler = (node, compiler) =>
  node.firstChild!.name === 'AtLiteral' ? compiler.expression(node.firstChild!) : functionInvocation(node, compiler);

const compilers: Record<string, NodeCompiler> = {
  '?': inputValue,
  ArithmeticExpression: arithmeticExpression,
  AtLiteral: atLiteral,
  BooleanLiteral: booleanLiteral,
  Comparison: comparison,
  Conjunction: conjunction,
  Context: context,
  DateTimeLiteral: dateTimeLiteral,
  Disjunction: disjunction,
  Expression: inner,
  FilterExpression: filterExpression,
  ForExpression: forExpression,
  FunctionDefinition: functionDefinition,
  FunctionInvocation: functionInvocation,
  IfExpression: ifExpression,
  InstanceOfExpression: instanceOf,
  Interval: interval,
  List: list,
  NumericLiteral: numericLiteral,
  ParenthesizedExpression: inner,
  PathExpression: pathExpression,
  QuantifiedExpression: quantifiedExpression,
  SimplePositiveUnaryTest: simpleTestAsValue,
  StringLiteral: stringLiteral,
  VariableName: variableName,
  null: nullLiteral,
};

function compilerOf(source: string, declarations: Declarations): Compiler {
  const compiler: Compiler = {
    declarations,
    text: (node) => source.slice(node.from, node.to),
    before: (node) => source.slice(Math.max(0, node.from - 1), node.from),
    expression(node) {
      const compile = compilers[node.name];
      if (!compile) throw new Error(`FEEL has no expression of the kind ${node.name}`);
      return compile(node, compiler);
    },
    test: (node) => positiveUnaryTest(node, compiler),
  };
  return compiler;
}

function topNode(source: string, grammar: Grammar, declarations: Declarations) {
  const { tree, text } = parse(source, grammar, declarations.names);
  if (!declarations.areOpen) refuseUndeclaredNames(tree, text, declarations.names);
  return { top: tree.topNode, compiler: compilerOf(text, declarations) };
}

/** Most cells of a decision table are a number or a string: they need no parser. */
function plainLiteral(source: string): string | number | undefined {
  const text = source.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : undefined;
}

/** Throws FeelSyntaxError. */
export function compileSource(source: string, declarations: Declarations): Evaluate {
  const literal = plainLiteral(source);
  if (literal !== undefined) return () => literal;
  const { top, compiler } = topNode(source, 'Expression', declarations);
  return notTooDeep(source, () => compiler.expression(top));
}

/** Throws FeelSyntaxError. */
export function compileTests(source: string, declarations: Declarations): Test {
  const literal = plainLiteral(source);
  if (literal !== undefined) return (scope, input) => matches(literal, input, scope);
  const { top, compiler } = topNode(source, 'UnaryTests', declarations);
  return notTooDeep(source, () => unaryTests(top, compiler));
}

/** Nodes are compiled recursively: thousands of nested brackets use up the stack. */
function notTooDeep<T>(source: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof RangeError) throw new FeelSyntaxError(source, 'it is too deeply nested');
    throw error;
  }
}
