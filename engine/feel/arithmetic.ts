import { exactOf } from '../exact-json.ts';
import { add, divide, multiply, power, subtract } from './decimal.ts';
import { describe } from './print.ts';
import { FeelFailure, type Run } from './run.ts';
import { FeelDateTime } from './temporal/date-time.ts';
import { FeelDate } from './temporal/date.ts';
import { DaysTimeDuration, isDuration, YearsMonthsDuration } from './temporal/duration.ts';
import { addTo, difference } from './temporal/temporal-arithmetic.ts';
import { FeelTime } from './temporal/time.ts';
import { asDouble, type FeelValue } from './value.ts';

type Operator = (left: FeelValue, right: FeelValue, run: Run) => FeelValue;

const isTemporal = (value: FeelValue): value is FeelDate | FeelTime | FeelDateTime =>
  value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime;

function plus(left: FeelValue, right: FeelValue): FeelValue {
  if (typeof left === 'number' && typeof right === 'number') return finite(add(left, right));
  if (typeof left === 'string' && typeof right === 'string') return joined(left, right);
  if (isTemporal(left) && isDuration(right)) return addTo(left, right, 1);
  if (isDuration(left) && isTemporal(right)) return addTo(right, left, 1);
  return sumOfDurations(left, right, 1);
}

const maxStringLength = 10_000_000;

/** Doubled a few dozen times a short text would fill the memory. */
function joined(left: string, right: string): string {
  if (left.length + right.length <= maxStringLength) return left + right;
  throw new FeelFailure(`The text is longer than ${maxStringLength} characters`);
}

function minus(left: FeelValue, right: FeelValue): FeelValue {
  if (typeof left === 'number' && typeof right === 'number') return finite(subtract(left, right));
  if (isTemporal(left) && isDuration(right)) return addTo(left, right, -1);
  if (isTemporal(left) && isTemporal(right)) return difference(left, right);
  return sumOfDurations(left, right, -1);
}

function sumOfDurations(left: FeelValue, right: FeelValue, sign: 1 | -1): FeelValue {
  if (left instanceof YearsMonthsDuration && right instanceof YearsMonthsDuration) {
    return new YearsMonthsDuration(left.totalMonths + sign * right.totalMonths);
  }
  if (left instanceof DaysTimeDuration && right instanceof DaysTimeDuration) {
    return new DaysTimeDuration(left.seconds + sign * right.seconds, left.nanos + sign * right.nanos);
  }
  return null;
}

function times(left: FeelValue, right: FeelValue): FeelValue {
  if (typeof left === 'number' && typeof right === 'number') return finite(multiply(left, right));
  if (typeof right === 'number') return scaled(left, right);
  return typeof left === 'number' ? scaled(right, left) : null;
}

function scaled(duration: FeelValue, factor: number): FeelValue {
  if (duration instanceof YearsMonthsDuration) return new YearsMonthsDuration(duration.totalMonths * factor);
  if (!(duration instanceof DaysTimeDuration)) return null;
  const seconds = multiply(duration.seconds, factor);
  const whole = Math.trunc(seconds);
  return new DaysTimeDuration(whole, Math.round((seconds - whole) * 1e9 + duration.nanos * factor));
}

function dividedBy(left: FeelValue, right: FeelValue): FeelValue {
  if (typeof right === 'number') {
    if (right === 0) return null;
    return typeof left === 'number' ? finite(divide(left, right)) : scaled(left, 1 / right);
  }
  if (left instanceof YearsMonthsDuration && right instanceof YearsMonthsDuration) {
    return right.totalMonths === 0 ? null : left.totalMonths / right.totalMonths;
  }
  if (left instanceof DaysTimeDuration && right instanceof DaysTimeDuration) {
    return right.isZero ? null : divide(left.totalSeconds, right.totalSeconds);
  }
  return null;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

type Compute = (left: FeelValue, right: FeelValue) => FeelValue;
/** On whole numbers, where doubles do not hold all digits. */
type ComputeExactly = (left: bigint, right: bigint) => bigint;

function operator(compute: Compute, refusal: Refusal, exactly?: ComputeExactly): Operator {
  const computed: Compute = (left, right) => {
    const isLarge = typeof left === 'bigint' || typeof right === 'bigint';
    const result = isLarge ? compute(asDouble(left), asDouble(right)) : compute(left, right);
    if (!exactly || typeof result !== 'number' || (!isLarge && Number.isSafeInteger(result))) return result;
    return isWhole(left) && isWhole(right) ? exactOf(exactly(BigInt(left), BigInt(right))) : result;
  };
  return (left, right, run) =>
    computed(left, right) ?? run.warn('INVALID_TYPE', refusal(describe(left), describe(right)));
}

const isWhole = (value: FeelValue): value is number | bigint => typeof value === 'bigint' || Number.isInteger(value);

type Refusal = (left: string, right: string) => string;

export const operators: Record<string, Operator> = {
  '+': operator(
    plus,
    (left, right) => `Can't add '${right}' to '${left}'`,
    (left, right) => left + right,
  ),
  '-': operator(
    minus,
    (left, right) => `Can't subtract '${right}' from '${left}'`,
    (left, right) => left - right,
  ),
  '*': operator(
    times,
    (left, right) => `Can't multiply '${left}' by '${right}'`,
    (left, right) => left * right,
  ),
  '/': operator(dividedBy, (left, right) => `Can't divide '${left}' by '${right}'`),
  '**': (base, exponent, run) => {
    const [left, right] = [asDouble(base), asDouble(exponent)];
    if (typeof left !== 'number') return run.warn('INVALID_TYPE', `Expected number but found '${describe(left)}'`);
    if (typeof right !== 'number') return run.warn('INVALID_TYPE', `Expected number but found '${describe(right)}'`);
    return finite(power(left, right));
  },
};

export function negate(value: FeelValue, run: Run): FeelValue {
  if (typeof value === 'number') return 0 - value;
  if (typeof value === 'bigint') return exactOf(-value);
  if (value instanceof YearsMonthsDuration) return new YearsMonthsDuration(-value.totalMonths);
  if (value instanceof DaysTimeDuration) return value.negated();
  return run.warn('INVALID_TYPE', `Expected number but found '${describe(value)}'`);
}
