import { FeelObject } from '../feel-object.ts';
import { equal } from '../equality.ts';
import { FeelDateTime } from '../temporal/date-time.ts';
import { FeelTime } from '../temporal/time.ts';
import { type FeelValue, typeNameOf } from '../value.ts';
import { type FunctionTable, type ParameterType, type Signature, signature } from './signature.ts';

/** DMN's `is`: the same value of the same type, its time zone included. */
function is(left: FeelValue, right: FeelValue): boolean {
  if (typeNameOf(left) !== typeNameOf(right)) return false;
  const zoned = (value: FeelValue) => value instanceof FeelDateTime || value instanceof FeelTime;
  if (zoned(left)) return (left as FeelObject).toString() === (right as FeelObject).toString();
  return equal(left, right) === true;
}

/** Declares a parameter that a language model fills in; the value is passed on. */
const fromAiParameters: [string, ParameterType][] = [
  ['value', 'any'],
  ['description', 'any'],
  ['type', 'any'],
  ['schema', 'any'],
  ['options', 'any'],
];

const fromAi: Signature[] = fromAiParameters.map((_, index) =>
  signature(fromAiParameters.slice(0, index + 1), ([value]) => value ?? null),
);

export const miscellaneousFunctions: FunctionTable = {
  is: [
    signature(
      [
        ['value1', 'any'],
        ['value2', 'any'],
      ],
      ([left, right]) => is(left, right),
    ),
  ],
  fromAi,
};
