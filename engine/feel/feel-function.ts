import { FeelObject } from './feel-object.ts';
import type { Run } from './run.ts';
import type { FeelValue } from './value.ts';

/** A function of an expression, of a business knowledge model, or a built-in one as a value. */
export class FeelFunction extends FeelObject {
  readonly typeName = 'function';
  readonly parameters: string[];
  /** Built-in functions choose by the arguments what to do. */
  readonly anyArity: boolean;
  readonly invoke: (args: FeelValue[], run: Run) => FeelValue;

  constructor(parameters: string[], invoke: (args: FeelValue[], run: Run) => FeelValue, anyArity = false) {
    super();
    this.parameters = parameters;
    this.invoke = invoke;
    this.anyArity = anyArity;
  }

  override toString(): string {
    return `function(${this.parameters.join(', ')})`;
  }
}
