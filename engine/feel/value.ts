import { FeelObject } from './feel-object.ts';

/** JSON's values as they are (an object is a context), and what FEEL has beyond them. */
export type FeelValue = null | boolean | number | string | FeelValue[] | FeelContext | FeelObject;

export interface FeelContext {
  [name: string]: FeelValue;
}

export const isContext = (value: FeelValue): value is FeelContext =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FeelObject);

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
  return typeof value === 'object' ? 'context' : typeof value;
}
