import { parseExactly, printExactly } from '../exact-json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { FeelFunction } from './feel-function.ts';
import { FeelObject } from './feel-object.ts';
import { FeelRange } from './range.ts';
import { FeelFailure } from './run.ts';
import { FeelDateTime } from './temporal/date-time.ts';
import { FeelTime } from './temporal/time.ts';
import { formatOffset } from './temporal/zone.ts';
import type { FeelValue } from './value.ts';

/** Values may share parts, so that a small one is huge when it is written out. */
const maxValues = 5_000_000;

/**
 * A value as it is kept in a variable: temporal values are text, functions and ranges have no form there. Throws
 * FeelFailure when it holds too much.
 */
export const toJson = (value: FeelValue): JsonValue => converted(value, textInVariable);

function converted(value: FeelValue, textOf: (value: FeelObject) => string): JsonValue {
  let count = 0;
  const convert = (each: FeelValue): JsonValue => {
    count += 1;
    if (count > maxValues) throw new FeelFailure(`The result holds more than ${maxValues} values`);
    if (each === null || typeof each !== 'object') return each;
    if (Array.isArray(each)) return each.map(convert);
    if (each instanceof FeelFunction || each instanceof FeelRange) return null;
    if (each instanceof FeelObject) return textOf(each);
    // What came in as JSON is JSON: contexts that an expression makes have no prototype.
    if (Object.getPrototypeOf(each) === Object.prototype) return each as JsonObject;
    const result: JsonObject = {};
    for (const name of Object.keys(each)) setOwn(result, name, convert(each[name]!));
    return result;
  };
  return convert(value);
}

/** An assignment to `__proto__` would change the prototype instead. */
function setOwn(target: JsonObject, name: string, value: JsonValue): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Camunda writes a region behind the offset: `2024-07-01T10:00:00+02:00[Europe/Berlin]`. */
function textOf(value: FeelObject): string {
  if (!(value instanceof FeelDateTime) || !value.zone?.id) return value.toString();
  const local = value.toString().split('@')[0];
  return `${local}${formatOffset(value.offsetSeconds ?? 0)}[${value.zone.id}]`;
}

/** A time of the day is kept as Java prints it: without seconds where it has none, and thousandths by three digits. */
function textInVariable(value: FeelObject): string {
  if (!(value instanceof FeelTime) || value.zone) return textOf(value);
  const [time, fraction] = value.toString().split('.') as [string, string?];
  if (fraction === undefined) return time.replace(/^(..:..):00$/, '$1');
  return `${time}.${fraction.padEnd(Math.ceil(fraction.length / 3) * 3, '0')}`;
}

export function toJsonText(value: FeelValue): string {
  return printExactly(
    value instanceof FeelFunction || value instanceof FeelRange ? value.toString() : converted(value, textOf),
  );
}

export const fromJson = (text: string): FeelValue => parseExactly(text) as FeelValue;
