import type { FeelFunction } from './feel-function.ts';
import type { Scope } from './scope.ts';
import type { FeelValue } from './value.ts';

/** Under this name a loop's results so far are read in place, where nothing keeps the list. No expression can write it. */
export const livePartial = '\u0000partial';

/**
 * The scope of a loop whose rounds see the results of the rounds before as `partial`. The list grows behind it, so who
 * may keep it gets a copy (and pays for it in steps).
 */
export class PartialScope implements Scope {
  readonly run: Scope['run'];
  readonly #parent: Scope;
  readonly #results: FeelValue[];

  constructor(parent: Scope, results: FeelValue[]) {
    this.run = parent.run;
    this.#parent = parent;
    this.#results = results;
  }

  get(name: string): FeelValue | undefined {
    if (name === livePartial) return this.#results;
    if (name !== 'partial') return this.#parent.get(name);
    this.run.step(this.#results.length);
    return this.#results.slice();
  }

  getFunction(name: string): FeelFunction | undefined {
    return this.#parent.getFunction(name);
  }
}
