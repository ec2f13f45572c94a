import { FeelObject } from '../feel-object.ts';
import { equal } from '../equality.ts';
import { describe, print } from '../print.ts';
import { FeelDateTime } from '../temporal/date-time.ts';
import { isDuration } from '../temporal/duration.ts';
import { FeelTime } from '../temporal/time.ts';
import { type FeelValue, typeNameOf } from '../value.ts';
import { type FunctionTable, type ParameterType, Refusal, type Signature, signature } from './signature.ts';

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

/** What a timer repeats: `R3/PT1H`, without an end `R/PT1H`. */
function cycle(repetitions: FeelValue, interval: FeelValue): FeelValue | Refusal {
  const isCount = repetitions === null || typeof repetitions === 'number';
  if (isCount && isDuration(interval))
    return `R${repetitions === null ? '' : Math.trunc(repetitions)}/${print(interval)}`;
  const given = describe([repetitions, interval]);
  return new Refusal(
    `cycle function expected a repetitions (number) and an interval (duration) parameter, but found '${given}'`,
  );
}

function endlessCycle(interval: FeelValue): FeelValue | Refusal {
  if (isDuration(interval)) return cycle(null, interval);
  return new Refusal(`cycle function expected an interval (duration) parameter, but found '${describe(interval)}'`);
}

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
  cycle: [
    signature(
      [
        ['repetitions', 'any'],
        ['interval', 'any'],
      ],
      ([repetitions, interval]) => cycle(repetitions, interval),
    ),
    // Camunda calls its one parameter so.
    signature([['repetitions', 'any']], ([interval]) => endlessCycle(interval)),
  ],
};
