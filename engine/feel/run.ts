import { feelLimits } from './limits.ts';
import type { FeelValue } from './value.ts';

type WarningType =
  | 'ASSERT_FAILURE'
  | 'FUNCTION_INVOCATION_FAILURE'
  | 'INVALID_TYPE'
  | 'NO_CONTEXT_ENTRY_FOUND'
  | 'NO_FUNCTION_FOUND'
  | 'NO_PROPERTY_FOUND'
  | 'NO_VARIABLE_FOUND'
  | 'NOT_COMPARABLE'
  | 'UNKNOWN';

/** What made a part of an expression null, in feel-scala's words. */
export interface FeelWarning {
  type: WarningType;
  message: string;
}

/** The evaluation has no value: an assertion that is not met, or a limit that is passed. */
export class FeelFailure extends Error {
  override name = 'FeelFailure';
  /** What the evaluation had to say before it failed. */
  readonly warnings: readonly FeelWarning[];

  constructor(message: string, warnings: readonly FeelWarning[] = []) {
    super(message);
    this.warnings = warnings;
  }
}

/** It takes longer than an evaluation may. */
export class FeelTimeout extends FeelFailure {
  override name = 'FeelTimeout';

  constructor() {
    super(`timed out after ${feelLimits.maxMs} ms`);
  }
}

const maxWarnings = 100;
/** How many steps are taken between two looks at the clock. */
const stepsBetweenLooks = 4096;

/** One evaluation: its clock, its warnings, its limits. */
export class Run {
  readonly nowMs: number;
  /** DMN lets a single value stand for a list of it, and a list of one for its item; in a process Camunda does not. */
  readonly convertsSingletons: boolean;
  readonly warnings: FeelWarning[] = [];
  readonly #startedAt = performance.now();
  #steps = 0;
  #nextLookAt = stepsBetweenLooks;
  #depth = 0;

  constructor(nowMs: number, convertsSingletons = false) {
    this.nowMs = nowMs;
    this.convertsSingletons = convertsSingletons;
  }

  /** Notes why a value became null, and returns that null. */
  warn(type: WarningType, message: string): null {
    if (this.warnings.length < maxWarnings) this.warnings.push({ type, message });
    return null;
  }

  step(count = 1): void {
    this.#steps += count;
    if (this.#steps < this.#nextLookAt) return;
    const { maxSteps, maxMs } = feelLimits;
    if (this.#steps > maxSteps) throw new FeelFailure(`The evaluation takes more than ${maxSteps} steps`);
    this.#nextLookAt = Math.min(this.#steps + stepsBetweenLooks, maxSteps);
    if (performance.now() > this.#startedAt + maxMs) throw new FeelTimeout();
  }

  /** What a function has made costs as many steps as it is long: a list that is doubled again and again ends somewhere. */
  made(value: FeelValue): FeelValue {
    if (Array.isArray(value)) this.step(value.length);
    else if (typeof value === 'string') this.step(value.length >>> 3);
    return value;
  }

  call<T>(body: () => T): T {
    this.step();
    this.#depth += 1;
    const { maxDepth } = feelLimits;
    if (this.#depth > maxDepth) throw new FeelFailure(`Functions call each other more than ${maxDepth} levels deep`);
    try {
      return body();
    } finally {
      this.#depth -= 1;
    }
  }
}
