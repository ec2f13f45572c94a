import type { Scope } from '../feel/scope.ts';
import type { Declarations } from '../feel/compile/compiler.ts';
import { compileExpression, compileUnaryTests, evaluate, type FeelTest } from '../feel/feel.ts';
import { FeelSyntaxError } from '../feel/syntax.ts';
import type { FeelValue } from '../feel/value.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Types } from './types.ts';

export type Logic = (scope: Scope) => FeelValue;

/** What the parts of a model need to become logic. */
export class ModelCompiler {
  readonly types: Types;
  /** Of every expression that cannot be parsed, in Camunda's words. */
  readonly problems: string[] = [];
  readonly #declarations: Declarations;

  constructor(types: Types, names: string[]) {
    this.types = types;
    this.#declarations = { names, areOpen: true, typeTest: (name) => types.testOf(name) };
  }

  /** No text is null. One that cannot be parsed fails when it is evaluated: the model's other decisions still work. */
  expression(text: string | undefined): Logic {
    if (text === undefined) return () => null;
    try {
      const program = compileExpression(text, this.#declarations);
      return (scope) => evaluate(program, scope);
    } catch (error) {
      return this.#failing('FEEL expression', error);
    }
  }

  /** No text accepts any input. */
  unaryTests(text: string | undefined): FeelTest['test'] {
    if (text === undefined) return () => true;
    try {
      return compileUnaryTests(text, this.#declarations).test;
    } catch (error) {
      return this.#failing('FEEL unary-tests', error);
    }
  }

  #failing(what: string, error: unknown): () => never {
    if (!(error instanceof FeelSyntaxError)) throw error;
    this.problems.push(`${what}: ${error.message}`);
    return () => {
      throw new DecisionFailure(error.message);
    };
  }
}
