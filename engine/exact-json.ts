import { randomUUID } from 'node:crypto';
import { depthOf, endOfString, type JsonValue } from './json.ts';

/** Stands before the digits of a whole number that a double cannot hold; nobody can guess it. */
const mark = `${randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');
/** Where such a number may stand: cheap to look for, and rarely there. */
const longNumber = /(?:^|[[:,\s])-?\d{16}/;
const [minInt64, maxInt64] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * JSON that does not nest deeper than anybody can walk through it again.
 * @throws SyntaxError when it does, or is no JSON
 */
export function parseJson(text: string, maxDepth: number): JsonValue {
  const value = parseExactly(text);
  // each level takes a bracket at its beginning and one at its end
  if (text.length > 2 * maxDepth && depthOf(text, maxDepth) > maxDepth) {
    throw new SyntaxError(`Document nesting depth exceeds the maximum allowed (${maxDepth})`);
  }
  return value;
}

/**
 * JSON whose whole numbers keep all digits of 64 bits, as in Camunda: those beyond what a double holds are bigints.
 * @throws SyntaxError when the text is no JSON
 */
export function parseExactly(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  if (text.length < 16 || !longNumber.test(text)) return value;
  const exact = withMarks(text);
  if (exact === text) return value;
  return JSON.parse(exact, (_name, each: JsonValue) =>
    typeof each === 'string' && each.startsWith(mark) ? BigInt(each.slice(mark.length)) : each,
  ) as JsonValue;
}

/** JSON text of what `parseExactly` reads. */
export function printExactly(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const text = JSON.stringify(value, (_name, each: unknown) =>
      typeof each === 'bigint' ? `${mark}${each.toString()}` : each,
    );
    return text.replaceAll(marked, '$1');
  }
}

/** The number that the digits write: exactly where 64 bits can hold it. */
export function numberOf(digits: string): number | bigint {
  const value = Number(digits);
  if (Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(digits)) return value;
  return exactOf(BigInt(digits));
}

/** A whole number as it is kept: a bigint only where a double would lose digits, a double beyond 64 bits. */
export function exactOf(value: bigint): number | bigint {
  const double = Number(value);
  return Number.isSafeInteger(double) || value < minInt64 || value > maxInt64 ? double : value;
}

/** Of text that is JSON. */
function withMarks(text: string): string {
  const parts: string[] = [];
  let written = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === minus || isDigit(code)) {
      const end = endOfNumber(text, at);
      const digits = text.slice(at, end);
      if (typeof numberOf(digits) === 'bigint') {
        parts.push(text.slice(written, at), `"${mark}${digits}"`);
        written = end;
      }
      at = end - 1;
    }
  }
  return written === 0 ? text : parts.join('') + text.slice(written);
}

const [quote, minus] = [34, 45];
const isDigit = (code: number) => code >= 48 && code <= 57;
/** A digit, or one of `+ - . E e`. */
const isOfNumber = (code: number) =>
  isDigit(code) || code === 43 || code === minus || code === 46 || code === 69 || code === 101;

function endOfNumber(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end++;
  return end;
}
