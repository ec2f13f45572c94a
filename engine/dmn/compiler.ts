import type { Scope } from '../feel/scope.ts';
import type { Declarations } from '../feel/compile/compiler.ts';
import { compileExpression, compileUnaryTests, evaluate, type FeelTest } from '../feel/feel.ts';
import { FeelSyntaxError } from '../feel/syntax.ts';
import type { FeelValue } from '../feel/value.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Types } from './types.ts';
import { textOf, type Xml } from './xml.ts';

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

  /** A literal expression or an entry. No text is null. */
  expressionOf(element: Xml | undefined): Logic {
    const language = element?.attributes.expressionLanguage;
    if (language !== undefined && !/feel/i.test(language)) {
      return this.#failing(`The expression language '${language}' is not supported.`);
    }
    return this.expression(textOf(element));
  }

  /** One that cannot be parsed fails when it is evaluated: the model's other decisions still work. */
  expression(text: string | undefined): Logic {
    if (text === undefined) return () => null;
    try {
      const program = compileExpression(text, this.#declarations);
      return (scope) => evaluate(program, scope);
    } catch (error) {
      return this.#unparsed('FEEL expression', error);
    }
  }

  /** No text accepts any input. */
  unaryTestsOf(element: Xml): FeelTest['test'] {
    const text = textOf(element);
    if (text === undefined) return () => true;
    try {
      return compileUnaryTests(text, this.#declarations).test;
    } catch (error) {
      return this.#unparsed('FEEL unary-tests', error);
    }
  }

  #unparsed(what: string, error: unknown): () => never {
    if (!(error instanceof FeelSyntaxError)) throw error;
    return this.#failing(`${what}: ${error.message}`);
  }

  #failing(problem: string): () => never {
    this.problems.push(problem);
    return () => {
      throw new DecisionFailure(problem);
    };
  }
}
