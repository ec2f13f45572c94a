import type { SyntaxNode } from '@lezer/common';
import { livePartial } from '../partial.ts';
import { property } from '../property.ts';
import { FeelFailure, type Run } from '../run.ts';
import type { Scope } from '../scope.ts';
import { childrenOf } from '../syntax.ts';
import { entryOf, type FeelValue, isContext } from '../value.ts';
import { type Compiler, nameOf, type NodeCompiler } from './compiler.ts';

/** undefined when the name is not there: then all has been said, and what is asked of it needs no warning more. */
type LookUp = (scope: Scope) => FeelValue | undefined;

export const variableName: NodeCompiler = (node, compiler) => orNull(variable(node, compiler));

export const pathExpression: NodeCompiler = (node, compiler) => orNull(path(node, compiler));

const orNull =
  (lookUp: LookUp) =>
  (scope: Scope): FeelValue =>
    lookUp(scope) ?? null;

function variable(node: SyntaxNode, compiler: Compiler): LookUp {
  const name = nameOf(node, compiler);
  if (name === 'partial' && isReadInPlace(node)) return (scope) => scope.get(livePartial) ?? scope.get(name);
  // A model may declare `Person.Name` as a name: where there is no such one, it is the path it looks like.
  const [first, ...steps] = node.firstChild?.name === 'BacktickIdentifier' ? [name] : name.split('.');
  return (scope) => {
    const value = scope.get(name);
    if (value !== undefined) return value;
    const start = steps.length > 0 ? scope.get(first!) : undefined;
    if (start !== undefined) return steps.reduce((found, step) => follow(found, step, scope.run), start);
    scope.run.warn('NO_VARIABLE_FOUND', `No variable found with name '${name}'`);
    return undefined;
  };
}

/** In `partial[-1]` nothing keeps the list itself. */
const isReadInPlace = (node: SyntaxNode): boolean =>
  node.parent?.name === 'FilterExpression' && node.parent.firstChild?.to === node.to;

function path(node: SyntaxNode, compiler: Compiler): LookUp {
  const [source, ...rest] = childrenOf(node);
  const target = beforeDot(source!, compiler);
  const name = nameOf(rest.at(-1)!, compiler);
  return (scope) => {
    const value = target(scope);
    return value === undefined ? undefined : follow(value, name, scope.run);
  };
}

function beforeDot(node: SyntaxNode, compiler: Compiler): LookUp {
  if (node.name === 'VariableName') return variable(node, compiler);
  return node.name === 'PathExpression' ? path(node, compiler) : compiler.expression(node);
}

/** `?` in a unary test. */
export const inputValue: NodeCompiler = () => (scope) => {
  const value = scope.get('?');
  if (value !== undefined) return value;
  throw new FeelFailure("No input value available. '?' can only be used inside an unary-test expression.");
};

const maxNamedKeys = 100;

export function follow(value: FeelValue, name: string, run: Run): FeelValue {
  if (value === null) {
    return run.warn('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. The context is null`);
  }
  if (Array.isArray(value)) return value.map((item) => follow(item, name, run));
  if (!isContext(value)) return property(value, name, run);
  const found = entryOf(value, name);
  if (found !== undefined) return found;
  const keys = Object.keys(value)
    .slice(0, maxNamedKeys)
    .map((key) => `'${key}'`);
  const detail = keys.length === 0 ? 'The context is empty' : `Available keys: ${keys.join(', ')}`;
  return run.warn('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. ${detail}`);
}
