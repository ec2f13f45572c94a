import { FeelObject } from './feel-object.ts';
import { FeelFailure } from './run.ts';
import type { FeelValue } from './value.ts';

const maxLength = 10_000_000;
const maxDescription = 500;

/** A value as `string()` writes it: strings inside are quoted. Throws FeelFailure past ten million characters. */
export function print(value: FeelValue): string {
  const writer = new Writer(maxLength);
  if (!writer.write(value)) throw new FeelFailure(`The text is longer than ${maxLength} characters`);
  return writer.text;
}

/** A value as it stands in a warning: cut off where it gets long. */
export function describe(value: FeelValue): string {
  const writer = new Writer(maxDescription);
  return writer.write(value) ? writer.text : `${writer.text.slice(0, maxDescription)}…`;
}

class Writer {
  text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** false when the limit is passed; nothing more is written then. */
  write(value: FeelValue): boolean {
    if (typeof value === 'string') return this.#add(`"${value}"`);
    if (typeof value === 'number') return this.#add(printNumber(value));
    if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return this.#add(String(value));
    if (value instanceof FeelObject) return this.#add(value.toString());
    if (Array.isArray(value)) return this.#all('[', value, ']', (item) => this.write(item));
    return this.#all('{', Object.entries(value), '}', ([name, entry]) => this.#add(`${name}:`) && this.write(entry));
  }

  #all<T>(open: string, items: T[], close: string, write: (item: T) => boolean): boolean {
    this.#add(open);
    for (const [index, item] of items.entries()) {
      if (index > 0) this.#add(', ');
      if (!write(item)) return false;
    }
    return this.#add(close);
  }

  #add(text: string): boolean {
    this.text += text;
    return this.text.length <= this.#limit;
  }
}

/** Digits only: JS writes 1e21 where FEEL writes the number out. */
function printNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, first, rest = '', power] = match;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(exponent, '0')}`;
}
