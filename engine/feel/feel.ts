import type { JsonValue } from '../json.ts';
import { compileSource, compileTests } from './compile/compile.ts';
import type { Declarations, Evaluate, Test } from './compile/compiler.ts';
import { builtins } from './functions/builtins.ts';
import { toJson } from './json.ts';
import { needsDeclaring } from './known-names.ts';
import { spacedPropertyNames } from './property.ts';
import { type ResultType, resultTypeOf } from './result-type.ts';
import { FeelFailure, FeelTimeout, type FeelWarning, Run } from './run.ts';
import { RootScope, type Scope, type Variables } from './scope.ts';
import type { FeelValue } from './value.ts';

/** An expression, parsed and compiled once. */
export interface FeelProgram {
  readonly source: string;
  readonly evaluate: Evaluate;
}

/** A unary test (an input entry of a decision table), parsed and compiled once. */
export interface FeelTest {
  readonly source: string;
  readonly test: Test;
}

interface EvaluationOptions {
  /** What `now()` and `today()` answer, in milliseconds since 1970. */
  nowMs: number;
}

export const alwaysKnown = [...[...builtins.keys()].filter(needsDeclaring), ...spacedPropertyNames];

const noDeclarations: Declarations = { names: alwaysKnown, areOpen: false, typeTest: () => undefined };

/**
 * How an expression is parsed depends on the names in scope only where they hold spaces or signs. As in Camunda, those of
 * process variables stand between backticks, so `source` alone decides; a DMN model's own names are declared by it and
 * handed in here. Throws FeelSyntaxError.
 */
export function compileExpression(source: string, declared?: Declarations): FeelProgram {
  return { source, evaluate: compileSource(source, withKnownNames(declared)) };
}

/** Throws FeelSyntaxError. */
export function compileUnaryTests(source: string, declared?: Declarations): FeelTest {
  return { source, test: compileTests(source, withKnownNames(declared)) };
}

const withKnownNames = (declared: Declarations | undefined): Declarations =>
  declared ? { ...declared, names: [...alwaysKnown, ...declared.names.filter(needsDeclaring)] } : noDeclarations;

/** What an expression came to. */
export interface Outcome {
  value: JsonValue;
  /** Temporal values are text in JSON, but no strings. */
  type: ResultType;
  /** Why parts of it became null. */
  warnings: readonly FeelWarning[];
}

/** The value as JSON. Throws FeelFailure when an `assert()` does not hold or the evaluation passes its limits. */
export function evaluateToJson(program: FeelProgram, variables: Variables, { nowMs }: EvaluationOptions): Outcome {
  const run = new Run(nowMs);
  const scope = new RootScope(run, variables);
  return guarded(program.source, run, () => {
    const value = program.evaluate(scope);
    return { value: toJson(value), type: resultTypeOf(value), warnings: run.warnings };
  });
}

/** What a text comes to that is no expression. */
export const staticOutcome = (text: string): Outcome => ({ value: text, type: 'STRING', warnings: [] });

export const evaluate = (program: FeelProgram, scope: Scope): FeelValue =>
  guarded(program.source, scope.run, () => program.evaluate(scope));

function guarded<T>(source: string, run: Run, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw asFailure(error, source, run);
  }
}

function asFailure(error: unknown, source: string, run: Run): unknown {
  // Values nested so deeply that they use up the stack, or a text beyond what a string can hold.
  if (error instanceof RangeError)
    return new FeelFailure(`failed to evaluate expression '${source}': ${error.message}`);
  if (error instanceof FeelTimeout) {
    return new FeelFailure(`Expected to evaluate expression but ${error.message}: '${source}'`);
  }
  if (!(error instanceof FeelFailure)) return error;
  const asserted = run.warnings.some((warning) => warning.type === 'ASSERT_FAILURE');
  const what = asserted ? 'Assertion failure on evaluate the expression' : 'failed to evaluate expression';
  return new FeelFailure(`${what} '${source}': ${error.message}`, run.warnings);
}
