import { FeelFunction } from './feel-function.ts';
import { FeelObject } from './feel-object.ts';
import { compare } from './ordering.ts';
import { FeelRange } from './range.ts';
import { type FeelContext, type FeelValue, isContext } from './value.ts';

/** null when the two are of different types (null itself is equal only to null). */
export function equal(left: FeelValue, right: FeelValue): boolean | null {
  if (left === null || right === null || left === right) return left === right;
  if (typeof left !== 'object' || typeof right !== 'object') {
    if (typeof left === typeof right) return left === right;
    const order = compare(left, right);
    return order === null ? null : order === 0;
  }
  if (Array.isArray(left)) return Array.isArray(right) ? equalLists(left, right) : null;
  if (left instanceof FeelRange) return right instanceof FeelRange ? equalRanges(left, right) : null;
  if (left instanceof FeelFunction) return right instanceof FeelFunction ? left === right : null;
  if (left instanceof FeelObject) {
    const order = compare(left, right);
    return order === null ? null : order === 0;
  }
  return isContext(left) && isContext(right) ? equalContexts(left, right) : null;
}

/** As in Camunda, parts of different types make them different; only at the top it is null. */
function equalLists(left: FeelValue[], right: FeelValue[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, index) => equal(item, right[index]!) === true);
}

function equalContexts(left: FeelContext, right: FeelContext): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  if (!names.every((name) => Object.hasOwn(right, name))) return false;
  return names.every((name) => equal(left[name]!, right[name]!) === true);
}

function equalRanges(left: FeelRange, right: FeelRange): boolean | null {
  if (left.startIncluded !== right.startIncluded || left.endIncluded !== right.endIncluded) return false;
  return every([equal(left.start, right.start), equal(left.end, right.end)]);
}

function every(results: (boolean | null)[]): boolean | null {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}
