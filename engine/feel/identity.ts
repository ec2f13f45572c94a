import { FeelFunction } from './feel-function.ts';
import { FeelObject } from './feel-object.ts';
import { FeelRange } from './range.ts';
import { FeelDateTime } from './temporal/date-time.ts';
import { FeelTime } from './temporal/time.ts';
import type { FeelValue } from './value.ts';

const functionIds = new WeakMap<FeelFunction, number>();
let nextFunctionId = 1;

/**
 * A text that two values share exactly when they are equal: with it a list's values are told apart in one pass instead of
 * each being compared with each.
 */
export function identityOf(value: FeelValue): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(identityOf).join()}]`;
  if (value instanceof FeelObject) return identityOfObject(value);
  const entries = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${identityOf(value[name]!)}`);
  return `{${entries.join()}}`;
}

function identityOfObject(value: FeelObject): string {
  if (value instanceof FeelDateTime && value.zone) return `instant ${value.epochSecond}.${value.nanoOfSecond}`;
  if (value instanceof FeelTime && value.zone) return `utc time ${value.utcNanos}`;
  if (value instanceof FeelRange) {
    return `range ${value.startIncluded} ${identityOf([value.start, value.end])} ${value.endIncluded}`;
  }
  if (!(value instanceof FeelFunction)) return `${value.typeName} ${value.toString()}`;
  let id = functionIds.get(value);
  if (id === undefined) {
    id = nextFunctionId++;
    functionIds.set(value, id);
  }
  return `function ${id}`;
}
