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
}

const maxWarnings = 100;
/** An expression runs inside the engine's only thread: past this many iterations it fails instead of holding it. */
const maxSteps = 2_000_000;
const maxDepth = 400;

/** One evaluation: its clock, its warnings, its limits. */
export class Run {
  readonly nowMs: number;
  readonly warnings: FeelWarning[] = [];
  #steps = 0;
  #depth = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** Notes why a value became null, and returns that null. */
  warn(type: WarningType, message: string): null {
    if (this.warnings.length < maxWarnings) this.warnings.push({ type, message });
    return null;
  }

  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > maxSteps) throw new FeelFailure(`The evaluation takes more than ${maxSteps} steps`);
  }

  call<T>(body: () => T): T {
    this.step();
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new FeelFailure(`Functions call each other more than ${maxDepth} levels deep`);
    try {
      return body();
    } finally {
      this.#depth -= 1;
    }
  }
}
