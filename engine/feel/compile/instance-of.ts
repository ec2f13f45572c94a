import type { SyntaxNode } from '@lezer/common';
import { functionType, nullType, rangeTypeMark } from '../renamed-words.ts';
import { childrenOf } from '../syntax.ts';
import { FeelFunction } from '../feel-function.ts';
import { FeelRange } from '../range.ts';
import { entryOf, isContext, typeNameOf } from '../value.ts';
import { type Compiler, nameOf, type NodeCompiler, type TypeTest } from './compiler.ts';

const aliases: Record<string, string> = {
  'date time': 'date and time',
  'year-month-duration': 'years and months duration',
  'day-time-duration': 'days and time duration',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
  dateTime: 'date and time',
  [functionType]: 'function',
  [nullType]: 'null',
};

export const instanceOf: NodeCompiler = (node, compiler) => {
  const value = compiler.expression(node.firstChild!);
  const test = testOf(node, compiler);
  return (scope) => test(value(scope));
};

export const testOf = (node: SyntaxNode, compiler: Compiler): TypeTest => typeTest(childrenOf(node).at(-1)!, compiler);

/** Says whether a value is of a type as it is written in an expression; null is of none but Null. */
export function typeTest(node: SyntaxNode, compiler: Compiler): TypeTest {
  const inner = node.name === 'Type' ? node.firstChild! : node;
  if (inner.name === 'ListType') return listOf(inner, compiler);
  if (inner.name === 'ContextType') return contextOf(inner, compiler);
  if (inner.name === 'FunctionType') return functionOf(inner);
  const written = nameOf(inner, compiler);
  if (written === 'Any') return (value) => value !== null;
  if (written === 'Null') return (value) => value === null;
  const declared = compiler.declarations.typeTest(written);
  if (declared) return declared;
  const name = aliases[written] ?? written;
  return (value) => typeNameOf(value) === name;
}

function listOf(node: SyntaxNode, compiler: Compiler): TypeTest {
  const item = childrenOf(node).find((child) => child.name === 'Type');
  const test = item ? typeTest(item, compiler) : () => true;
  if (compiler.before(node) === rangeTypeMark) {
    return (value) =>
      value instanceof FeelRange && [value.start, value.end].every((bound) => bound === null || test(bound));
  }
  return (value) => Array.isArray(value) && value.every(test);
}

function contextOf(node: SyntaxNode, compiler: Compiler): TypeTest {
  const entries = childrenOf(node)
    .flatMap((child) => (child.name === 'ContextEntryTypes' ? childrenOf(child) : []))
    .map((entry) => {
      const [name, type] = childrenOf(entry).filter((child) => child.name === 'Name' || child.name === 'Type');
      return { name: nameOf(name!, compiler), test: typeTest(type!, compiler) };
    });
  return (value) => isContext(value) && entries.every(({ name, test }) => test(entryOf(value, name) ?? null));
}

function functionOf(node: SyntaxNode): TypeTest {
  const count = childrenOf(node).flatMap((child) => (child.name === 'ArgumentTypes' ? childrenOf(child) : [])).length;
  return (value) => value instanceof FeelFunction && value.parameters.length === count;
}
