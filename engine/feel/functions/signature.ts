import { FeelFunction } from '../feel-function.ts';
import { FeelRange } from '../range.ts';
import type { Run } from '../run.ts';
import { FeelDateTime } from '../temporal/date-time.ts';
import { FeelDate } from '../temporal/date.ts';
import { DaysTimeDuration, YearsMonthsDuration } from '../temporal/duration.ts';
import { FeelTime } from '../temporal/time.ts';
import { asDouble, type FeelContext, type FeelValue, isContext } from '../value.ts';

interface Types {
  any: FeelValue;
  string: string;
  number: number;
  boolean: boolean;
  list: FeelValue[];
  context: FeelContext;
  function: FeelFunction;
  range: FeelRange;
  date: FeelDate;
  time: FeelTime;
  'date and time': FeelDateTime;
  'days and time duration': DaysTimeDuration;
  'years and months duration': YearsMonthsDuration;
}

/** `any` takes null too; of the others those that end in `?`. */
export type ParameterType = keyof Types | `${keyof Types}?`;

type Argument<T> = T extends `${infer Base extends keyof Types}?`
  ? Types[Base] | null
  : T extends keyof Types
    ? Types[T]
    : never;

export type Parameters = readonly (readonly [name: string, type: ParameterType])[];

type Arguments<P extends Parameters> = { -readonly [K in keyof P]: Argument<P[K][1]> };

/** Why a function has no result for arguments of the right types. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The arguments fit the parameters, but are of no use together: as if they were of wrong types. */
export const illegalArguments = new Refusal('Illegal arguments');

export interface Signature {
  parameters: Parameters;
  /** The last parameter takes all further arguments as a list. */
  variadic: boolean;
  invoke(args: FeelValue[], run: Run): FeelValue | Refusal;
}

/** One way to call a function. */
export function signature<const P extends Parameters>(
  parameters: P,
  invoke: (args: Arguments<P>, run: Run) => FeelValue | Refusal,
): Signature {
  return { parameters, variadic: false, invoke: invoke as Signature['invoke'] };
}

/** The single parameter is a list, or the arguments themselves are its items. */
export function variadic(name: string, invoke: (items: FeelValue[], run: Run) => FeelValue | Refusal): Signature {
  return { parameters: [[name, 'list']], variadic: true, invoke: ([items], run) => invoke(items as FeelValue[], run) };
}

const checks: Record<keyof Types, (value: FeelValue) => boolean> = {
  any: () => true,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  context: isContext,
  function: (value) => value instanceof FeelFunction,
  range: (value) => value instanceof FeelRange,
  date: (value) => value instanceof FeelDate,
  time: (value) => value instanceof FeelTime,
  'date and time': (value) => value instanceof FeelDateTime,
  'days and time duration': (value) => value instanceof DaysTimeDuration,
  'years and months duration': (value) => value instanceof YearsMonthsDuration,
};

/** The argument as the parameter takes it, undefined when it does not. */
export function coerced(value: FeelValue, type: ParameterType, { convertsSingletons }: Run): FeelValue | undefined {
  const optional = type.endsWith('?');
  const base = (optional ? type.slice(0, -1) : type) as keyof Types;
  if (base === 'number') value = asDouble(value);
  if (checks[base](value)) return value;
  if (value === null) return optional ? null : undefined;
  if (!convertsSingletons) return undefined;
  if (base === 'list') return [value];
  if (Array.isArray(value) && value.length === 1 && checks[base](value[0]!)) return value[0]!;
  return undefined;
}

export type FunctionTable = Record<string, Signature[]>;
