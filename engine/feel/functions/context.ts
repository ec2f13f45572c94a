import { entryOf, type FeelContext, type FeelValue, isContext, newContext } from '../value.ts';
import { type FunctionTable, illegalArguments, Refusal, signature, variadic } from './signature.ts';

function entries(context: FeelContext): FeelValue {
  return Object.entries(context).map(([key, value]) => Object.assign(newContext(), { key, value }));
}

const copyOf = (context: FeelContext): FeelContext => Object.assign(newContext(), context);

function put(context: FeelContext, key: string, value: FeelValue): FeelContext {
  const result = copyOf(context);
  result[key] = value;
  return result;
}

/** Contexts that are missing on the way are made. */
function putNested(context: FeelContext, keys: FeelValue[], value: FeelValue): FeelValue | Refusal {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return illegalArguments;
  if (rest.length === 0) return put(context, key, value);
  const inner = entryOf(context, key) ?? null;
  const target = isContext(inner) ? inner : newContext();
  const nested = putNested(target, rest, value);
  return nested instanceof Refusal ? nested : put(context, key, nested);
}

function valueAt(context: FeelContext, keys: FeelValue[]): FeelValue {
  let found: FeelValue = context;
  for (const key of keys) {
    if (!isContext(found) || typeof key !== 'string') return null;
    found = entryOf(found, key) ?? null;
  }
  return keys.length === 0 ? null : found;
}

function merge(contexts: FeelValue[]): FeelValue {
  if (!contexts.every(isContext)) return null;
  return Object.assign(newContext(), ...contexts);
}

/** Of entries with the same key the last one counts. */
function contextOf(list: FeelValue[]): FeelValue {
  const result = newContext();
  for (const entry of list) {
    if (!isContext(entry)) return null;
    const key = entryOf(entry, 'key');
    const value = entryOf(entry, 'value');
    if (typeof key !== 'string' || value === undefined) return null;
    result[key] = value;
  }
  return result;
}

const putByKey = signature(
  [
    ['context', 'context'],
    ['key', 'string'],
    ['value', 'any'],
  ],
  ([context, key, value]) => put(context, key, value),
);

const putByKeys = signature(
  [
    ['context', 'context'],
    ['keys', 'list'],
    ['value', 'any'],
  ],
  ([context, keys, value]) => putNested(context, keys, value),
);

const mergeAll = variadic('contexts', merge);

export const contextFunctions: FunctionTable = {
  'get entries': [
    signature([['context', 'context']], ([context]) => entries(context)),
    signature([['m', 'context']], ([context]) => entries(context)),
  ],
  'get value': [
    signature(
      [
        ['context', 'context'],
        ['key', 'string'],
      ],
      ([context, key]) => entryOf(context, key) ?? null,
    ),
    signature(
      [
        ['m', 'context'],
        ['key', 'string'],
      ],
      ([context, key]) => entryOf(context, key) ?? null,
    ),
    signature(
      [
        ['context', 'context'],
        ['keys', 'list'],
      ],
      ([context, keys]) => valueAt(context, keys),
    ),
  ],
  'context put': [putByKey, putByKeys],
  put: [putByKey, putByKeys],
  'context merge': [mergeAll],
  'put all': [mergeAll],
  context: [signature([['entries', 'list']], ([list]) => contextOf(list))],
};
