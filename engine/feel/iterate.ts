import { describe } from './print.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { FeelDate } from './temporal/date.ts';
import { type FeelValue, isNumber } from './value.ts';

/** What a loop walks over: a list, or a range of whole numbers or days; null with a warning otherwise. */
export function itemsOf(value: FeelValue, run: Run): FeelValue[] | null {
  if (Array.isArray(value)) return value;
  if (value instanceof FeelRange) return itemsOfRange(value, run);
  return run.warn('INVALID_TYPE', `Expected list but found '${describe(value)}'`);
}

function itemsOfRange({ start, end, startIncluded, endIncluded }: FeelRange, run: Run): FeelValue[] | null {
  const items = sequence(start, end, run);
  return items && items.slice(startIncluded ? 0 : 1, endIncluded ? undefined : -1);
}

/** Whole numbers or days from one to the other, upwards or downwards. */
export function sequence(start: FeelValue, end: FeelValue, run: Run): FeelValue[] | null {
  if (typeof start === 'number' && typeof end === 'number') return numbers(start, end, run);
  if (start instanceof FeelDate && end instanceof FeelDate) {
    const days = numbers(start.epochDay, end.epochDay, run);
    return days && days.map((day) => FeelDate.ofEpochDay(day));
  }
  return run.warn('INVALID_TYPE', `Expected number but found '${describe(isNumber(start) ? end : start)}'`);
}

function numbers(start: number, end: number, run: Run): number[] {
  const count = Math.floor(Math.abs(end - start)) + 1;
  run.step(count);
  const direction = start <= end ? 1 : -1;
  return Array.from({ length: count }, (_, index) => start + direction * index);
}
