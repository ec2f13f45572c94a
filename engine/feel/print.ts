import { FeelObject } from './feel-object.ts';
import type { FeelValue } from './value.ts';

/** A value as it stands in a warning and in `string()`: strings inside are quoted. */
export function print(value: FeelValue): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'number') return printNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof FeelObject) return value.toString();
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, entry]) => `${name}:${print(entry)}`)
    .join(', ')}}`;
}

/** Digits only: JS writes 1e21 where FEEL writes the number out. */
export function printNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, first, rest = '', power] = match;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(exponent, '0')}`;
}
