import { add, divide, multiply, subtract } from '../decimal.ts';
import { compare } from '../ordering.ts';
import { describe } from '../print.ts';
import { asDouble, type FeelValue } from '../value.ts';
import { type FunctionTable, Refusal, variadic } from './signature.ts';

function extreme(items: FeelValue[], wins: (order: number) => boolean): FeelValue | Refusal {
  let best = items[0] ?? null;
  if (items.length > 0 && compare(best, best) === null) return new Refusal(`${describe(items)} is not comparable`);
  for (const item of items.slice(1)) {
    const order = compare(item, best);
    if (order === null) return new Refusal(`${describe(items)} is not comparable`);
    if (wins(order)) best = item;
  }
  return best;
}

/** Of an empty list null. */
function ofNumbers(compute: (numbers: number[]) => FeelValue | Refusal, ofNone: FeelValue = null) {
  return variadic('list', (items) => {
    if (items.length === 0) return ofNone;
    const numbers = items.map(asDouble);
    const wrong = numbers.find((item) => typeof item !== 'number');
    if (wrong !== undefined) return new Refusal(`expected number but found '${describe(wrong)}'`);
    return compute(numbers as number[]);
  });
}

export const sum = (numbers: number[]): number => numbers.reduce(add, 0);

const mean = (numbers: number[]): number => divide(sum(numbers), numbers.length);

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : divide(add(sorted[middle - 1]!, sorted[middle]!), 2);
}

/** Of a sample: divided by one less than the count. */
function standardDeviation(numbers: number[]): FeelValue | Refusal {
  if (numbers.length < 2) return new Refusal('expected at least two numbers');
  const centre = mean(numbers);
  const squares = numbers.map((each) => subtract(each, centre) ** 2);
  return Math.sqrt(sum(squares) / (numbers.length - 1));
}

function mode(numbers: number[]): number[] {
  const counts = new Map<number, number>();
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1);
  const most = [...counts.values()].reduce((left, right) => Math.max(left, right));
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([each]) => each)
    .toSorted((left, right) => left - right);
}

export const statisticsFunctions: FunctionTable = {
  min: [variadic('list', (items) => extreme(items, (order) => order < 0))],
  max: [variadic('list', (items) => extreme(items, (order) => order > 0))],
  sum: [ofNumbers(sum)],
  product: [ofNumbers((numbers) => numbers.reduce(multiply, 1))],
  mean: [ofNumbers(mean)],
  median: [ofNumbers(median)],
  stddev: [ofNumbers(standardDeviation)],
  mode: [ofNumbers(mode, [])],
};
