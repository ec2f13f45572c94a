import { FeelObject } from './feel-object.ts';

/** JSON's values as they are (an object is a context), and what FEEL has beyond them. */
export type FeelValue = null | boolean | number | bigint | string | FeelValue[] | FeelContext | FeelObject;

export interface FeelContext {
  [name: string]: FeelValue;
}

export const isContext = (value: FeelValue): value is FeelContext =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FeelObject);

/** Whole numbers beyond a double are bigints, and numbers nevertheless. */
export const isNumber = (value: FeelValue): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

/** For what is computed with doubles. */
export const asDouble = (value: FeelValue): FeelValue => (typeof value === 'bigint' ? Number(value) : value);

/** Without a prototype: an entry may be called `constructor` or `__proto__`. */
export const newContext = (): FeelContext => Object.create(null) as FeelContext;

export function entryOf(context: FeelContext, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}

/** What `instance of` calls the value. */
export function typeNameOf(value: FeelValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelObject) return value.typeName;
  if (typeof value === 'bigint') return 'number';
  return typeof value === 'object' ? 'context' : typeof value;
}
