import { FeelFunction } from './feel-function.ts';
import type { Run } from './run.ts';
import type { FeelContext, FeelValue } from './value.ts';

/** Names that an expression sees, from the innermost outwards. */
export interface Scope {
  readonly run: Run;
  /** undefined when no such name is in scope. */
  get(name: string): FeelValue | undefined;
  /** Only functions: so a variable called `count` does not hide the function. */
  getFunction(name: string): FeelFunction | undefined;
}

/** Variables from outside, asked for one by one: to read them may cost a query each. */
export interface Variables {
  names(): Iterable<string>;
  get(name: string): FeelValue | undefined;
}

export class RootScope implements Scope {
  readonly run: Run;
  readonly #variables: Variables;
  #read: Map<string, FeelValue | undefined> | undefined;

  constructor(run: Run, variables: Variables) {
    this.run = run;
    this.#variables = variables;
  }

  get(name: string): FeelValue | undefined {
    if (this.#read?.has(name)) return this.#read.get(name);
    const value = this.#variables.get(name);
    this.#read ??= new Map();
    this.#read.set(name, value);
    return value;
  }

  /** JSON has no functions. */
  getFunction(): undefined {
    return undefined;
  }
}

/** One name: a loop's variable, `partial`, the input of a unary test. */
export class NameScope implements Scope {
  readonly run: Run;
  readonly #parent: Scope;
  readonly #name: string;
  readonly #value: FeelValue;

  constructor(parent: Scope, name: string, value: FeelValue) {
    this.run = parent.run;
    this.#parent = parent;
    this.#name = name;
    this.#value = value;
  }

  get(name: string): FeelValue | undefined {
    return name === this.#name ? this.#value : this.#parent.get(name);
  }

  getFunction(name: string): FeelFunction | undefined {
    if (name !== this.#name) return this.#parent.getFunction(name);
    return this.#value instanceof FeelFunction ? this.#value : undefined;
  }
}

/** A context's entries; `item` in a filter is a NameScope beneath it. */
export class ContextScope implements Scope {
  readonly run: Run;
  readonly #parent: Scope;
  readonly #context: FeelContext;

  constructor(parent: Scope, context: FeelContext) {
    this.run = parent.run;
    this.#parent = parent;
    this.#context = context;
  }

  get(name: string): FeelValue | undefined {
    return Object.hasOwn(this.#context, name) ? this.#context[name] : this.#parent.get(name);
  }

  getFunction(name: string): FeelFunction | undefined {
    if (!Object.hasOwn(this.#context, name)) return this.#parent.getFunction(name);
    const value = this.#context[name];
    return value instanceof FeelFunction ? value : this.#parent.getFunction(name);
  }
}
