import { booleanOf, some } from '../logic.ts';
import type { Test } from './compiler.ts';

/** Holds when one of the tests does; of several the first that says neither yes nor no is warned of. */
export function anyOf(tests: Test[]): Test {
  if (tests.length === 1) return tests[0]!;
  return (scope, input) => some(tests, (test) => booleanOf(test(scope, input), scope.run));
}
