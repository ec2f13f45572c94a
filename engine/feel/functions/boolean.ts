import { every, some } from '../logic.ts';
import { FeelFailure, type Run } from '../run.ts';
import { andFunction, orFunction } from '../renamed-words.ts';
import type { FeelValue } from '../value.ts';
import { type FunctionTable, signature, variadic } from './signature.ts';

const all = [variadic('list', (items) => every(items, (item) => item))];
const any = [variadic('list', (items) => some(items, (item) => item))];

function checked(value: FeelValue, condition: FeelValue, cause: string, run: Run): FeelValue {
  if (condition === true) return value;
  run.warn('ASSERT_FAILURE', cause);
  throw new FeelFailure(cause);
}

export const booleanFunctions: FunctionTable = {
  not: [signature([['negand', 'any']], ([negand]) => (typeof negand === 'boolean' ? !negand : null))],
  'is defined': [signature([['value', 'any']], ([value]) => value !== null)],
  'get or else': [
    signature(
      [
        ['value', 'any'],
        ['default', 'any'],
      ],
      ([value, otherwise]) => value ?? otherwise,
    ),
  ],
  assert: [
    signature(
      [
        ['value', 'any'],
        ['condition', 'any'],
      ],
      ([value, condition], run) => checked(value, condition, 'The condition is not fulfilled', run),
    ),
    signature(
      [
        ['value', 'any'],
        ['condition', 'any'],
        ['cause', 'string'],
      ],
      ([value, condition, cause], run) => checked(value, condition, cause, run),
    ),
  ],
  all,
  any,
  [andFunction]: all,
  [orFunction]: any,
};
