import { FeelFunction } from '../feel/feel-function.ts';
import { itemsOf } from '../feel/iterate.ts';
import { canonicalName } from '../feel/known-names.ts';
import { every, some } from '../feel/logic.ts';
import { PartialScope } from '../feel/partial.ts';
import { describe } from '../feel/print.ts';
import { ContextScope, NameScope, type Scope } from '../feel/scope.ts';
import { type FeelContext, type FeelValue, isContext, newContext } from '../feel/value.ts';
import type { Logic, ModelCompiler } from './compiler.ts';
import { decisionTableLogic } from './decision-table.ts';
import { invocation } from './invocation.ts';
import { conforming } from './types.ts';
import { child, childrenNamed, type Xml } from './xml.ts';

type BoxedCompiler = (element: Xml, compiler: ModelCompiler) => Logic;

const literalExpression: BoxedCompiler = (element, compiler) => compiler.expressionOf(element);

/** The last entry may have no name: then it is the result. */
const context: BoxedCompiler = (element, compiler) => {
  const entries = childrenNamed(element, 'contextEntry').map((entry) => {
    const variable = child(entry, 'variable');
    return {
      name: variable && canonicalName(variable.attributes.name ?? ''),
      type: compiler.types.ofElement(variable),
      value: boxedIn(entry, compiler),
    };
  });
  return (scope) => {
    const result = newContext();
    const inner = new ContextScope(scope, result);
    for (const { name, type, value } of entries) {
      const found = value(inner);
      if (name === undefined) return found;
      result[name] = conforming(found, type) ?? null;
    }
    return result;
  };
};

const list: BoxedCompiler = (element, compiler) => {
  const items = boxedChildren(element).map((each) => boxedExpression(each, compiler));
  return (scope) => items.map((item) => item(scope));
};

const relation: BoxedCompiler = (element, compiler) => {
  const columns = childrenNamed(element, 'column').map((column) => canonicalName(column.attributes.name ?? ''));
  const rows = childrenNamed(element, 'row').map((row) =>
    boxedChildren(row).map((cell) => boxedExpression(cell, compiler)),
  );
  return (scope) =>
    rows.map((cells) => {
      const row: FeelContext = newContext();
      for (const [index, cell] of cells.entries()) row[columns[index]!] = cell(scope);
      return row;
    });
};

export const functionDefinition: BoxedCompiler = (element, compiler) => {
  const parameters = childrenNamed(element, 'formalParameter').map((each) => ({
    name: canonicalName(each.attributes.name ?? ''),
    type: compiler.types.ofElement(each),
  }));
  const names = parameters.map(({ name }) => name);
  const isFeel = (element.attributes.kind ?? 'FEEL') === 'FEEL';
  const body = isFeel ? boxedIn(element, compiler) : () => null;
  return (scope) =>
    new FeelFunction(names, (args, run) => {
      if (!isFeel) return run.warn('FUNCTION_INVOCATION_FAILURE', 'External functions are not supported');
      const bound = newContext();
      for (const [index, { name, type }] of parameters.entries()) {
        const value = conforming(args[index] ?? null, type);
        if (value === undefined) return run.warn('INVALID_TYPE', `The argument '${name}' is not of its declared type`);
        bound[name] = value;
      }
      return body(new ContextScope(scope, bound));
    });
};

const conditional: BoxedCompiler = (element, compiler) => {
  const [condition, then, otherwise] = ['if', 'then', 'else'].map((name) =>
    boxedIn(child(element, name), compiler),
  ) as [Logic, Logic, Logic];
  return (scope) => {
    const found = condition(scope);
    if (found === null || typeof found === 'boolean') return found ? then(scope) : otherwise(scope);
    return scope.run.warn('INVALID_TYPE', `Expected boolean but found '${describe(found)}'`);
  };
};

interface Iteration {
  rounds: (scope: Scope) => Scope[] | null;
  body: Logic;
}

function iterationOf(element: Xml, bodyName: string, compiler: ModelCompiler): Iteration {
  const name = canonicalName(element.attributes.iteratorVariable ?? 'item');
  const items = boxedIn(child(element, 'in'), compiler);
  const rounds = (scope: Scope): Scope[] | null => {
    const values = itemsOf(items(scope), scope.run);
    scope.run.step(values?.length);
    return values && values.map((value) => new NameScope(scope, name, value));
  };
  return { rounds, body: boxedIn(child(element, bodyName), compiler) };
}

const forLoop: BoxedCompiler = (element, compiler) => {
  const { rounds, body } = iterationOf(element, 'return', compiler);
  return (scope) => {
    const results: FeelValue[] = [];
    return (
      rounds(new PartialScope(scope, results))?.reduce((list, round) => {
        list.push(body(round));
        return list;
      }, results) ?? null
    );
  };
};

const quantified =
  (decide: typeof some): BoxedCompiler =>
  (element, compiler) => {
    const { rounds, body } = iterationOf(element, 'satisfies', compiler);
    return (scope) => {
      const found = rounds(scope);
      return found && decide(found, (round) => body(round));
    };
  };

const filter: BoxedCompiler = (element, compiler) => {
  const items = boxedIn(child(element, 'in'), compiler);
  const match = boxedIn(child(element, 'match'), compiler);
  return (scope) => {
    const found = items(scope);
    if (found === null) return null;
    const values = Array.isArray(found) ? found : [found];
    scope.run.step(values.length);
    return values.filter((item) => {
      const inner = new NameScope(scope, 'item', item);
      return match(isContext(item) ? new ContextScope(inner, item) : inner) === true;
    });
  };
};

const compilers: Record<string, BoxedCompiler> = {
  conditional,
  context,
  decisionTable: (element, compiler) => decisionTableLogic(element, compiler),
  every: quantified(every),
  filter,
  for: forLoop,
  functionDefinition,
  invocation: (element, compiler) => invocation(element, compiler, boxedIn),
  list,
  literalExpression,
  relation,
  some: quantified(some),
};

const isBoxed = (element: Xml): boolean => Object.hasOwn(compilers, element.name);

export const boxedChildren = (element: Xml): Xml[] => element.children.filter(isBoxed);

export const boxedExpression = (element: Xml, compiler: ModelCompiler): Logic =>
  compilers[element.name]!(element, compiler);

/** The one boxed expression in an element; without one the result is null. */
export function boxedIn(element: Xml | undefined, compiler: ModelCompiler): Logic {
  const found = element && boxedChildren(element)[0];
  return found ? boxedExpression(found, compiler) : () => null;
}
