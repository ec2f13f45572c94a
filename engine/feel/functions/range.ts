import { equal } from '../equality.ts';
import { compare } from '../ordering.ts';
import { FeelRange } from '../range.ts';
import type { FeelValue } from '../value.ts';
import { type FunctionTable, Refusal, signature } from './signature.ts';

/*
 * DMN 10.3.4.9, after Allen's interval algebra. Ends are compared as pairs of a value and a side: an excluded start lies
 * just after its value, an excluded end just before.
 */

class NotComparable extends Error {}

function order(left: FeelValue, right: FeelValue): number {
  const found = compare(left, right);
  if (found === null) throw new NotComparable();
  return found;
}

const same = (left: FeelValue, right: FeelValue): boolean => {
  const found = equal(left, right);
  if (found === null) throw new NotComparable();
  return found;
};

/** Where the second begins before, with, or after the first. */
function orderOfStarts(left: FeelRange, right: FeelRange): number {
  if (left.start === null || right.start === null) return Number(left.start !== null) - Number(right.start !== null);
  return order(left.start, right.start) || Number(right.startIncluded) - Number(left.startIncluded);
}

function orderOfEnds(left: FeelRange, right: FeelRange): number {
  if (left.end === null || right.end === null) return Number(left.end === null) - Number(right.end === null);
  return order(left.end, right.end) || Number(left.endIncluded) - Number(right.endIncluded);
}

/** Negative when the first ends before the second begins; 0 when they share that one point. */
function gap(left: FeelRange, right: FeelRange): number {
  if (left.end === null || right.start === null) return 1;
  const found = order(left.end, right.start);
  if (found !== 0) return found;
  return left.endIncluded && right.startIncluded ? 0 : -1;
}

type Relation = (left: FeelValue, right: FeelValue) => boolean | undefined;

const isRange = (value: FeelValue): value is FeelRange => value instanceof FeelRange;

function beforeStart(point: FeelValue, range: FeelRange): boolean {
  if (range.start === null) return false;
  const found = order(point, range.start);
  return found < 0 || (found === 0 && !range.startIncluded);
}

function afterEnd(point: FeelValue, range: FeelRange): boolean {
  if (range.end === null) return false;
  const found = order(point, range.end);
  return found > 0 || (found === 0 && !range.endIncluded);
}

const before: Relation = (left, right) => {
  if (isRange(left)) return isRange(right) ? gap(left, right) < 0 : afterEnd(right, left);
  return isRange(right) ? beforeStart(left, right) : order(left, right) < 0;
};

const after: Relation = (left, right) => before(right, left);

const meets: Relation = (left, right) =>
  isRange(left) && isRange(right)
    ? left.end !== null &&
      right.start !== null &&
      left.endIncluded &&
      right.startIncluded &&
      same(left.end, right.start)
    : undefined;

const overlaps: Relation = (left, right) =>
  isRange(left) && isRange(right) ? gap(left, right) >= 0 && gap(right, left) >= 0 : undefined;

const overlapsBefore: Relation = (left, right) =>
  isRange(left) && isRange(right)
    ? orderOfStarts(left, right) < 0 && gap(left, right) >= 0 && orderOfEnds(left, right) <= 0
    : undefined;

const overlapsAfter: Relation = (left, right) =>
  isRange(left) && isRange(right)
    ? gap(right, left) >= 0 && orderOfStarts(left, right) >= 0 && orderOfEnds(left, right) > 0
    : undefined;

const finishes: Relation = (left, right) => {
  if (!isRange(right)) return undefined;
  if (!isRange(left)) return right.end !== null && right.endIncluded && same(left, right.end);
  return orderOfEnds(left, right) === 0 && orderOfStarts(left, right) >= 0;
};

const starts: Relation = (left, right) => {
  if (!isRange(right)) return undefined;
  if (!isRange(left)) return right.start !== null && right.startIncluded && same(left, right.start);
  return orderOfStarts(left, right) === 0 && orderOfEnds(left, right) <= 0;
};

const includes: Relation = (left, right) => {
  if (!isRange(left)) return undefined;
  if (isRange(right)) return orderOfStarts(left, right) <= 0 && orderOfEnds(left, right) >= 0;
  const found = left.includes(right);
  if (found === null) throw new NotComparable();
  return found;
};

const coincides: Relation = (left, right) => {
  if (isRange(left) !== isRange(right)) return undefined;
  if (!isRange(left) || !isRange(right)) return order(left, right) === 0;
  return orderOfStarts(left, right) === 0 && orderOfEnds(left, right) === 0;
};

const swapped =
  (relation: Relation): Relation =>
  (left, right) =>
    relation(right, left);

/** The names of the parameters, by what they take. */
const parameterNames = [
  ['point1', 'point2'],
  ['range', 'point'],
  ['point', 'range'],
  ['range1', 'range2'],
] as const;

function related(relation: Relation, left: FeelValue, right: FeelValue): FeelValue | Refusal {
  if (left === null || right === null) return new Refusal('Illegal arguments: null');
  try {
    return relation(left, right) ?? new Refusal('Illegal arguments');
  } catch (error) {
    if (error instanceof NotComparable) return new Refusal('The arguments are not comparable');
    throw error;
  }
}

const relations: Record<string, Relation> = {
  before,
  after,
  meets,
  'met by': swapped(meets),
  overlaps,
  'overlaps before': overlapsBefore,
  'overlaps after': overlapsAfter,
  finishes,
  'finished by': swapped(finishes),
  includes,
  during: swapped(includes),
  starts,
  'started by': swapped(starts),
  coincides,
};

export const rangeFunctions: FunctionTable = Object.fromEntries(
  Object.entries(relations).map(([name, relation]) => [
    name,
    parameterNames.map(([first, second]) =>
      signature(
        [
          [first, 'any'],
          [second, 'any'],
        ],
        ([left, right]) => related(relation, left, right),
      ),
    ),
  ]),
);
