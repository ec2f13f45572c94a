import type { JsonObject, JsonValue } from '../json.ts';
import { FeelFunction } from './feel-function.ts';
import { FeelObject } from './feel-object.ts';
import { FeelRange } from './range.ts';
import { FeelDateTime } from './temporal/date-time.ts';
import { formatOffset } from './temporal/zone.ts';
import type { FeelValue } from './value.ts';

/** A value as it is kept in a variable: temporal values are text, functions and ranges have no form there. */
export function toJson(value: FeelValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof FeelFunction || value instanceof FeelRange) return null;
  if (value instanceof FeelObject) return textOf(value);
  const result: JsonObject = {};
  for (const name of Object.keys(value)) setOwn(result, name, toJson(value[name]!));
  return result;
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

export function toJsonText(value: FeelValue): string {
  return JSON.stringify(value instanceof FeelFunction || value instanceof FeelRange ? value.toString() : toJson(value));
}

export const fromJson = (text: string): FeelValue => JSON.parse(text) as FeelValue;
