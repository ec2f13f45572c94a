import { describe } from './print.ts';
import type { Run } from './run.ts';
import type { FeelValue } from './value.ts';

/** What is no boolean is unknown, and said to be none. */
export function booleanOf(value: FeelValue, run: Run): boolean | null {
  if (typeof value === 'boolean') return value;
  return run.warn('INVALID_TYPE', `Expected boolean but found '${describe(value)}'`);
}

/** Three-valued logic: null is unknown. Lazy: what cannot change the result is not evaluated. */
export function some<T>(items: Iterable<T>, test: (item: T) => unknown): boolean | null {
  let result: boolean | null = false;
  for (const item of items) {
    const found = test(item);
    if (found === true) return true;
    if (found !== false) result = null;
  }
  return result;
}

export function every<T>(items: Iterable<T>, test: (item: T) => unknown): boolean | null {
  let result: boolean | null = true;
  for (const item of items) {
    const found = test(item);
    if (found === false) return false;
    if (found !== true) result = null;
  }
  return result;
}
