import { exactOf } from '../../exact-json.ts';
import { subtract, divide, multiply } from '../decimal.ts';
import { DaysTimeDuration, YearsMonthsDuration } from '../temporal/duration.ts';
import type { FeelValue } from '../value.ts';
import { round, type RoundingMode, roundingMode, roundingModes } from './rounding.ts';
import { type FunctionTable, illegalArguments, Refusal, type Signature, signature } from './signature.ts';

function rounded(value: number, scale: number, mode: RoundingMode): FeelValue | Refusal {
  if (mode === 'UNNECESSARY' && round(value, scale, 'DOWN') !== value) {
    return new Refusal("Failed to apply rounding mode 'UNNECESSARY': Rounding necessary");
  }
  return round(value, scale, mode) ?? new Refusal(`Scale ${scale} is out of range`);
}

const noMode = (name: string): Refusal =>
  new Refusal(`Illegal argument '${name}' for rounding mode. Must be one of: ${roundingModes.join(', ')}`);

const withScale = (mode: RoundingMode): Signature =>
  signature(
    [
      ['n', 'number'],
      ['scale', 'number'],
    ],
    ([n, scale]) => rounded(n, scale, mode),
  );

const toWhole = (mode: RoundingMode): Signature => signature([['n', 'number']], ([n]) => rounded(n, 0, mode));

function absolute(value: FeelValue): FeelValue | Refusal {
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'bigint') return exactOf(value < 0n ? -value : value);
  if (value instanceof YearsMonthsDuration) return new YearsMonthsDuration(Math.abs(value.totalMonths));
  if (value instanceof DaysTimeDuration) return value.seconds < 0 || value.nanos < 0 ? value.negated() : value;
  return illegalArguments;
}

/** The sign is the divisor's. */
function modulo(dividend: number, divisor: number): FeelValue | Refusal {
  if (divisor === 0) return new Refusal('Division by zero');
  return subtract(dividend, multiply(divisor, Math.floor(divide(dividend, divisor))));
}

const finite = (value: number): FeelValue | Refusal =>
  Number.isFinite(value) ? value : new Refusal('The result is not a number');

export const numberFunctions: FunctionTable = {
  decimal: [
    withScale('HALF_EVEN'),
    signature(
      [
        ['n', 'number'],
        ['scale', 'number'],
        ['mode', 'string'],
      ],
      ([n, scale, name]) => {
        const mode = roundingMode(name);
        return mode ? rounded(n, scale, mode) : noMode(name);
      },
    ),
  ],
  floor: [toWhole('FLOOR'), withScale('FLOOR')],
  ceiling: [toWhole('CEILING'), withScale('CEILING')],
  'round up': [toWhole('UP'), withScale('UP')],
  'round down': [toWhole('DOWN'), withScale('DOWN')],
  'round half up': [toWhole('HALF_UP'), withScale('HALF_UP')],
  'round half down': [toWhole('HALF_DOWN'), withScale('HALF_DOWN')],
  abs: [signature([['number', 'any']], ([n]) => absolute(n)), signature([['n', 'any']], ([n]) => absolute(n))],
  modulo: [
    signature(
      [
        ['dividend', 'number'],
        ['divisor', 'number'],
      ],
      ([dividend, divisor]) => modulo(dividend, divisor),
    ),
  ],
  sqrt: [signature([['number', 'number']], ([n]) => (n < 0 ? null : Math.sqrt(n)))],
  log: [signature([['number', 'number']], ([n]) => finite(Math.log(n)))],
  exp: [signature([['number', 'number']], ([n]) => finite(Math.exp(n)))],
  odd: [signature([['number', 'number']], ([n]) => Math.abs(n % 2) === 1)],
  even: [signature([['number', 'number']], ([n]) => n % 2 === 0)],
  'random number': [signature([], () => Math.random())],
};
