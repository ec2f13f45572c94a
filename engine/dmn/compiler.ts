import type { Scope } from '../feel/scope.ts';
import { compileExpression, compileUnaryTests, evaluate, type FeelTest } from '../feel/feel.ts';
import type { FeelValue } from '../feel/value.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Types } from './types.ts';
import type { Xml } from './xml.ts';

export type Logic = (scope: Scope) => FeelValue;

/** What the parts of a model need to become logic. */
export class ModelCompiler {
  readonly types: Types;
  readonly #names: string[];

  constructor(types: Types, names: string[]) {
    this.types = types;
    this.#names = names;
  }

  /** No text is null. One that cannot be parsed fails when it is evaluated: the model's other decisions still work. */
  expression(text: string | undefined): Logic {
    if (text === undefined) return () => null;
    try {
      const program = compileExpression(text, this.#names);
      return (scope) => evaluate(program, scope);
    } catch (error) {
      return failing(error);
    }
  }

  /** No text accepts any input. */
  unaryTests(text: string | undefined): FeelTest['test'] {
    if (text === undefined) return () => true;
    try {
      return compileUnaryTests(text, this.#names).test;
    } catch (error) {
      return failing(error);
    }
  }
}

function failing(error: unknown): () => never {
  const message = error instanceof Error ? error.message : String(error);
  return () => {
    throw new DecisionFailure(message);
  };
}

export type CompileBoxed = (element: Xml, compiler: ModelCompiler) => Logic;
