import type { SyntaxNode } from '@lezer/common';
import { FeelFunction } from '../feel-function.ts';
import { builtins } from '../functions/builtins.ts';
import { invokeBuiltin, invokeBuiltinNamed, invokeFunction } from '../functions/invoke.ts';
import { NameScope, type Scope } from '../scope.ts';
import { childrenOf, operandsOf } from '../syntax.ts';
import type { FeelValue } from '../value.ts';
import { type Compiler, type Evaluate, nameOf, type NodeCompiler, type TypeTest } from './compiler.ts';
import { typeTest } from './instance-of.ts';

const namedCallees = new Set(['VariableName', 'SpecialFunctionName', 'DateTimeConstructor']);

/** `f(1, 2)`, `f(a: 1)`, `context.f(1)`, `date("2024-01-31")`. */
export const functionInvocation: NodeCompiler = (node, compiler) => {
  const children = childrenOf(node);
  const callee = children[0]!;
  const name = nameOf(callee, compiler);
  const target = calleeOf(callee, name, compiler);
  const builtin = namedCallees.has(callee.name) ? builtins.get(name) : undefined;
  const named = children.find((child) => child.name === 'NamedParameters');
  if (named) return namedInvocation(name, target, builtin, namedArguments(named, compiler));
  const args = positionalArguments(children, compiler);
  if (callee.name === 'DateTimeConstructor' && isText(children)) return temporalLiteral(name, args[0]!);
  const functionArgs = argumentNodes(children).map((arg, index) => orBuiltin(arg, args[index]!, compiler));
  return (scope) => {
    const called = target(scope);
    if (called) {
      const values = functionArgs.map((arg) => arg(scope));
      return scope.run.call(() => invokeFunction(name, called, values, scope.run));
    }
    const values = args.map((arg) => arg(scope));
    if (builtin) return invokeBuiltin(name, builtin, values, scope.run);
    return scope.run.warn('NO_FUNCTION_FOUND', `No function found with name '${name}' and ${values.length} parameters`);
  };
};

const isText = (children: SyntaxNode[]): boolean => {
  const args = argumentNodes(children);
  return args.length === 1 && args[0]!.name === 'StringLiteral';
};

/** `date("2024-01-31")` is a literal: when it is none, it is null without a warning. */
function temporalLiteral(name: string, text: Evaluate): Evaluate {
  const signatures = builtins.get(name)!;
  return (scope) => {
    const { run } = scope;
    const noted = run.warnings.length;
    const value = invokeBuiltin(name, signatures, [text(scope)], run);
    run.warnings.length = noted;
    return value;
  };
}

function calleeOf(callee: SyntaxNode, name: string, compiler: Compiler): (scope: Scope) => FeelFunction | undefined {
  if (namedCallees.has(callee.name)) return (scope) => scope.getFunction(name);
  const value = compiler.expression(callee);
  return (scope) => {
    const found = value(scope);
    return found instanceof FeelFunction ? found : undefined;
  };
}

function argumentNodes(children: SyntaxNode[]): SyntaxNode[] {
  const list = children.find((child) => child.name === 'PositionalParameters');
  return list ? operandsOf(list) : [];
}

const positionalArguments = (children: SyntaxNode[], compiler: Compiler): Evaluate[] =>
  argumentNodes(children).map((arg) => compiler.expression(arg));

/** To a function of the model a built-in one may be handed: `apply(abs, -1)`. A variable of that name comes first. */
function orBuiltin(node: SyntaxNode, value: Evaluate, compiler: Compiler): Evaluate {
  const name = node.name === 'VariableName' ? nameOf(node, compiler) : '';
  const signatures = builtins.get(name);
  if (!signatures) return value;
  const parameters = signatures[0]!.parameters.map(([parameter]) => parameter);
  const builtin = new FeelFunction(parameters, (args, run) => invokeBuiltin(name, signatures, args, run), true);
  return (scope) => scope.get(name) ?? builtin;
}

function namedArguments(list: SyntaxNode, compiler: Compiler): [string, Evaluate][] {
  return operandsOf(list).map((each) => {
    const [parameter, value] = childrenOf(each) as [SyntaxNode, SyntaxNode];
    return [nameOf(parameter, compiler), compiler.expression(value)];
  });
}

function namedInvocation(
  name: string,
  target: (scope: Scope) => FeelFunction | undefined,
  builtin: ReturnType<typeof builtins.get>,
  args: [string, Evaluate][],
): Evaluate {
  const names = args.map(([parameter]) => parameter).join(',');
  return (scope) => {
    const { run } = scope;
    const values = new Map(args.map(([parameter, value]) => [parameter, value(scope)]));
    const called = target(scope);
    const known = called && [...values.keys()].every((parameter) => called.parameters.includes(parameter));
    if (called && known) {
      const ordered = called.parameters.map((parameter) => values.get(parameter) ?? null);
      return run.call(() => called.invoke(ordered, run));
    }
    if (builtin && !called) return invokeBuiltinNamed(name, builtin, values, run);
    return run.warn('NO_FUNCTION_FOUND', `No function found with name '${name}' and parameters: ${names}`);
  };
}

interface Parameter {
  name: string;
  test: TypeTest | null;
  isList: boolean;
}

export const functionDefinition: NodeCompiler = (node, compiler) => {
  const children = childrenOf(node);
  const formal = children.find((child) => child.name === 'FormalParameters');
  const parameters = formal ? childrenOf(formal).map((each) => parameterOf(each, compiler)) : [];
  const names = parameters.map(({ name }) => name);
  if (children.some((child) => child.name === 'external')) return externalFunction(names);
  const body = compiler.expression(children.at(-1)!.firstChild!);
  return (scope) =>
    new FeelFunction(names, (args, run) => {
      let inner = scope;
      for (const [index, parameter] of parameters.entries()) {
        const value = asParameter(args[index] ?? null, parameter);
        if (value === undefined) return run.warn('INVALID_TYPE', `The argument '${parameter.name}' is not of its type`);
        inner = new NameScope(inner, parameter.name, value);
      }
      return body(inner);
    });
};

function parameterOf(node: SyntaxNode, compiler: Compiler): Parameter {
  const [name, type] = childrenOf(node) as [SyntaxNode, SyntaxNode | undefined];
  return {
    name: nameOf(name, compiler),
    test: type ? typeTest(type, compiler) : null,
    isList: type?.firstChild?.name === 'ListType',
  };
}

/** With DMN's implicit conversions between a value and a list of it; undefined when it does not fit. */
function asParameter(value: FeelValue, { test, isList }: Parameter): FeelValue | undefined {
  if (!test || value === null || test(value)) return value;
  if (isList) return test([value]) ? [value] : undefined;
  return Array.isArray(value) && value.length === 1 && test(value[0]!) ? value[0]! : undefined;
}

/** Java classes cannot be called: such a function is null whatever it is given. */
const externalFunction =
  (parameters: string[]): Evaluate =>
  () =>
    new FeelFunction(parameters, (_, run) =>
      run.warn('FUNCTION_INVOCATION_FAILURE', 'External functions are not supported'),
    );
