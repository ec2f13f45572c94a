import type { Scope } from '../feel/scope.ts';
import type { Declarations } from '../feel/compile/compiler.ts';
import { compileExpression, compileUnaryTests, evaluate, type FeelTest } from '../feel/feel.ts';
import { FeelSyntaxError } from '../feel/syntax.ts';
import type { FeelValue } from '../feel/value.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Types } from './types.ts';
import { child, textOf, type Xml } from './xml.ts';

export type Logic = (scope: Scope) => FeelValue;

/** What the parts of a model need to become logic. */
export class ModelCompiler {
  readonly types: Types;
  /** Of every expression that cannot be parsed, in Camunda's words. */
  readonly problems: string[] = [];
  readonly #declarations: Declarations;
  /** The cells of a large table repeat each other. */
  readonly #expressions = new Map<string, Logic>();
  readonly #tests = new Map<string, FeelTest['test']>();

  constructor(types: Types, names: string[]) {
    this.types = types;
    this.#declarations = { names, areOpen: true, typeTest: (name) => types.testOf(name) };
  }

  /** A literal expression or an entry; an element without text has been left unfinished. */
  expressionOf(element: Xml | undefined): Logic {
    if (!element) return () => null;
    const { id, expressionLanguage: language } = element.attributes;
    const text = child(element, 'text');
    if (!text) return this.#failing(`The expression '${id ?? null}' must not be empty.`);
    if (language !== undefined && !/feel/i.test(language)) {
      return this.#failing(`Expression language '${language.toLowerCase()}' is not supported`);
    }
    return this.expression(text.text.trim());
  }

  /** One that cannot be parsed fails when it is evaluated: the model's other decisions still work. */
  expression(text: string | undefined): Logic {
    if (text === undefined) return () => null;
    return remembered(
      this.#expressions,
      text,
      () => {
        const program = compileExpression(text, this.#declarations);
        return (scope) => evaluate(program, scope);
      },
      (error) => this.#unparsed('FEEL expression', error),
    );
  }

  /** No text accepts any input. */
  unaryTestsOf(element: Xml): FeelTest['test'] {
    const text = textOf(element);
    if (text === undefined || text === '-') return () => true;
    return remembered(
      this.#tests,
      text,
      () => compileUnaryTests(text, this.#declarations).test,
      (error) => this.#unparsed('FEEL unary-tests', error),
    );
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

function remembered<T>(known: Map<string, T>, text: string, make: () => T, instead: (error: unknown) => T): T {
  let found = known.get(text);
  if (found === undefined) {
    try {
      found = make();
    } catch (error) {
      found = instead(error);
    }
    known.set(text, found);
  }
  return found;
}
