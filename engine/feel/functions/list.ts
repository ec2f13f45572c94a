import { equal } from '../equality.ts';
import { describe } from '../print.ts';
import { identityOf } from '../identity.ts';
import type { FeelFunction } from '../feel-function.ts';
import type { Run } from '../run.ts';
import type { FeelValue } from '../value.ts';
import { type FunctionTable, Refusal, signature, variadic } from './signature.ts';

const same = (left: FeelValue, right: FeelValue): boolean => equal(left, right) === true;

function distinct(items: FeelValue[]): FeelValue[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size !== seen.add(identityOf(item)).size);
}

function duplicates(items: FeelValue[]): FeelValue[] {
  const counts = new Map<string, number>();
  const identities = items.map(identityOf);
  for (const each of identities) counts.set(each, (counts.get(each) ?? 0) + 1);
  return distinct(items.filter((_, index) => counts.get(identities[index]!)! > 1));
}

const flatten = (items: FeelValue[]): FeelValue[] =>
  items.flatMap((item) => (Array.isArray(item) ? flatten(item) : [item]));

/** From 1, or from the end with -1. */
const indexOf = (list: FeelValue[], position: number): number =>
  position > 0 ? Math.trunc(position) - 1 : list.length + Math.trunc(position);

const isPosition = (list: FeelValue[], position: number): boolean =>
  Math.trunc(position) !== 0 && Math.abs(Math.trunc(position)) <= list.length;

const noPosition = (position: number): Refusal => new Refusal(`Position ${position} is outside the list`);

function sublist(list: FeelValue[], start: number, length?: number): FeelValue {
  const from = Math.max(0, indexOf(list, start));
  return list.slice(from, length === undefined ? undefined : from + Math.trunc(length));
}

function insertBefore(list: FeelValue[], position: number, item: FeelValue): FeelValue {
  const at = Math.max(0, indexOf(list, position));
  return [...list.slice(0, at), item, ...list.slice(at)];
}

/** What is not there needs no removing. */
function remove(list: FeelValue[], position: number): FeelValue {
  return isPosition(list, position) ? list.toSpliced(indexOf(list, position), 1) : list;
}

function replace(list: FeelValue[], at: number | FeelFunction, item: FeelValue, run: Run): FeelValue | Refusal {
  if (typeof at === 'number') {
    return isPosition(list, at) ? list.with(indexOf(list, at), item) : noPosition(at);
  }
  return list.map((each) => (at.invoke([each, item], run) === true ? item : each));
}

/** Stable; `precedes` says whether its first argument comes before the second. */
function sort(list: FeelValue[], precedes: FeelFunction, run: Run): FeelValue | Refusal {
  if (precedes.parameters.length !== 2) {
    return new Refusal(`expect boolean function with 2 arguments, but found '${precedes.parameters.length}'`);
  }
  let wrong: FeelValue | undefined;
  const isBefore = (left: FeelValue, right: FeelValue): boolean => {
    const found = precedes.invoke([left, right], run);
    if (typeof found !== 'boolean') wrong ??= found;
    return found === true;
  };
  const sorted = list.toSorted((left, right) => {
    run.step();
    if (isBefore(left, right)) return -1;
    return isBefore(right, left) ? 1 : 0;
  });
  if (wrong === undefined) return sorted;
  const reason = `expected boolean but found '${describe(wrong)}'`;
  return new Refusal(`fail to sort list by given precedes function: ${reason}`);
}

function partition(list: FeelValue[], size: number): FeelValue | Refusal {
  const step = Math.trunc(size);
  if (step < 1) return new Refusal(`'size' should be greater than zero but was '${size}'`);
  return Array.from({ length: Math.ceil(list.length / step) }, (_, index) =>
    list.slice(index * step, (index + 1) * step),
  );
}

function join(list: FeelValue[], delimiter: string | null, prefix = '', suffix = ''): FeelValue | Refusal {
  if (!list.every((item) => item === null || typeof item === 'string')) {
    return new Refusal(`expected a list of strings but found 'List(${describe(list).slice(1, -1)})'`);
  }
  return prefix + list.filter((item) => item !== null).join(delimiter ?? '') + suffix;
}

const ofList = [['list', 'list']] as const;

const withPosition = [
  ['list', 'list'],
  ['position', 'number'],
] as const;

export const listFunctions: FunctionTable = {
  'list contains': [
    signature(
      [
        ['list', 'list'],
        ['element', 'any'],
      ],
      ([list, element]) => list.some((item) => same(item, element)),
    ),
  ],
  count: [signature(ofList, ([list]) => list.length)],
  'is empty': [signature(ofList, ([list]) => list.length === 0)],
  reverse: [signature(ofList, ([list]) => list.toReversed())],
  flatten: [signature(ofList, ([list]) => flatten(list))],
  'distinct values': [signature(ofList, ([list]) => distinct(list))],
  'duplicate values': [signature(ofList, ([list]) => duplicates(list))],
  append: [
    {
      parameters: [
        ['list', 'list?'],
        ['items', 'list'],
      ],
      variadic: true,
      invoke: ([list, items]) => [...((list as FeelValue[] | null) ?? []), ...(items as FeelValue[])],
    },
  ],
  concatenate: [variadic('lists', (lists) => lists.flatMap((list) => (Array.isArray(list) ? list : [list])))],
  union: [variadic('lists', (lists) => distinct(lists.flatMap((list) => (Array.isArray(list) ? list : [list]))))],
  sublist: [
    signature(
      [
        ['list', 'list'],
        ['start position', 'number'],
      ],
      ([list, start]) => sublist(list, start),
    ),
    signature(
      [
        ['list', 'list'],
        ['start position', 'number'],
        ['length', 'number'],
      ],
      ([list, start, length]) => sublist(list, start, length),
    ),
    signature(
      [
        ['list', 'list'],
        ['start', 'number'],
      ],
      ([list, start]) => sublist(list, start),
    ),
    signature(
      [
        ['list', 'list'],
        ['start', 'number'],
        ['length', 'number'],
      ],
      ([list, start, length]) => sublist(list, start, length),
    ),
  ],
  'insert before': [
    signature([...withPosition, ['newItem', 'any']], ([list, position, item]) => insertBefore(list, position, item)),
  ],
  remove: [signature(withPosition, ([list, position]) => remove(list, position))],
  'list replace': [
    signature([...withPosition, ['newItem', 'any']], ([list, position, item], run) =>
      replace(list, position, item, run),
    ),
    signature(
      [
        ['list', 'list'],
        ['match', 'function'],
        ['newItem', 'any'],
      ],
      ([list, match, item], run) => replace(list, match, item, run),
    ),
  ],
  'index of': [
    signature(
      [
        ['list', 'list'],
        ['match', 'any'],
      ],
      ([list, match]) => list.flatMap((item, index) => (same(item, match) ? [index + 1] : [])),
    ),
  ],
  sort: [
    signature(
      [
        ['list', 'list'],
        ['precedes', 'function'],
      ],
      ([list, precedes], run) => sort(list, precedes, run),
    ),
  ],
  partition: [
    signature(
      [
        ['list', 'list'],
        ['size', 'number'],
      ],
      ([list, size]) => partition(list, size),
    ),
  ],
  'string join': [
    signature(ofList, ([list]) => join(list, null)),
    signature(
      [
        ['list', 'list'],
        ['delimiter', 'string?'],
      ],
      ([list, delimiter]) => join(list, delimiter),
    ),
    signature(
      [
        ['list', 'list'],
        ['delimiter', 'string?'],
        ['prefix', 'string?'],
        ['suffix', 'string?'],
      ],
      ([list, delimiter, prefix, suffix]) => join(list, delimiter, prefix ?? '', suffix ?? ''),
    ),
  ],
};
