import type { Row } from './row.ts';

/** A method of Camunda's client and the request that it sends. */
export interface OperationRow extends Row {
  method: string;
  /** Below /v2. */
  path: string;
  /** Where nothing is served: statuses of the answer, for a path or a method that is unknown, or one that is forbidden. */
  answers?: readonly number[];
}

export type OperationTable = Record<string, OperationRow[]>;

function operation(name: string, call: string, more: Omit<OperationRow, 'name' | 'method' | 'path'>): OperationRow {
  const [method, path] = call.split(' ') as [string, string];
  return { name, method, path, ...more };
}

export const full = (name: string, call: string, note?: string): OperationRow =>
  operation(name, call, { state: 'full', note });
export const partial = (name: string, call: string, note: string): OperationRow =>
  operation(name, call, { state: 'partial', note });

/** Of identity: the engine has no users. */
export const forbidden = (name: string, call: string): OperationRow =>
  operation(name, call, {
    state: 'none',
    note: 'Answers 403, as a cluster does whose client lacks the permission.',
    answers: [403],
  });
