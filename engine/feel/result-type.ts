import { type FeelValue, typeNameOf } from './value.ts';

/** What Zeebe calls the types of what an expression comes to. */
export type ResultType =
  | 'NULL'
  | 'BOOLEAN'
  | 'NUMBER'
  | 'STRING'
  | 'ARRAY'
  | 'OBJECT'
  | 'DURATION'
  | 'PERIOD'
  | 'DATE'
  | 'DATE_TIME'
  | 'UNKNOWN';

const byTypeName: Record<string, ResultType> = {
  null: 'NULL',
  boolean: 'BOOLEAN',
  number: 'NUMBER',
  string: 'STRING',
  list: 'ARRAY',
  context: 'OBJECT',
  'days and time duration': 'DURATION',
  'years and months duration': 'PERIOD',
  date: 'DATE',
  'date and time': 'DATE_TIME',
};

/** Times of a day, functions and ranges are of no type that Zeebe knows. */
export const resultTypeOf = (value: FeelValue): ResultType => byTypeName[typeNameOf(value)] ?? 'UNKNOWN';
