import { property } from '../property.ts';
import type { Run } from '../run.ts';
import { entryOf, type FeelValue, isContext } from '../value.ts';
import { nameOf, type NodeCompiler } from './compiler.ts';
import { childrenOf } from '../syntax.ts';

export const variableName: NodeCompiler = (node, compiler) => {
  const name = nameOf(node, compiler);
  return (scope) => {
    const value = scope.get(name);
    return value === undefined ? scope.run.warn('NO_VARIABLE_FOUND', `No variable found with name '${name}'`) : value;
  };
};

/** `?` in a unary test. */
export const inputValue: NodeCompiler = () => (scope) => {
  const value = scope.get('?');
  return value === undefined ? scope.run.warn('NO_VARIABLE_FOUND', 'No input value found.') : value;
};

export const pathExpression: NodeCompiler = (node, compiler) => {
  const [source, ...rest] = childrenOf(node);
  const target = compiler.expression(source!);
  const name = nameOf(rest.at(-1)!, compiler);
  return (scope) => follow(target(scope), name, scope.run);
};

export function follow(value: FeelValue, name: string, run: Run): FeelValue {
  if (value === null) {
    return run.warn('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. The context is null`);
  }
  if (Array.isArray(value)) return value.map((item) => follow(item, name, run));
  if (!isContext(value)) return property(value, name, run);
  const found = entryOf(value, name);
  if (found !== undefined) return found;
  const keys = Object.keys(value).map((key) => `'${key}'`);
  const detail = keys.length === 0 ? 'The context is empty' : `Available keys: ${keys.join(', ')}`;
  return run.warn('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. ${detail}`);
}
