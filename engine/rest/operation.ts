import type { IncomingHttpHeaders } from 'node:http';
import type BetterSqlite3 from 'better-sqlite3';
import { printExactly } from '../exact-json.ts';
import type { Actor } from '../operator-commands.ts';
import type { Engine } from '../engine.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { ReadStatements } from './read-statements.ts';

/** What a handler is given: the checked request and the engine it speaks to. */
export interface RestRequest {
  /** Executes in the name of `actor`. */
  engine: Engine;
  actor: Actor;
  read: ReadStatements;
  documents: DocumentStore;
  params: Record<string, string>;
  query: URLSearchParams;
  // The body has passed the operation's schema before a handler sees it.
  // oxlint-disable-next-line no-explicit-any
  body: any;
  headers: IncomingHttpHeaders;
  /** Aborted when the client goes away before it is answered. */
  signal: () => AbortSignal;
}

export interface Answer {
  status: number;
  /** Serialised body; absent for 204. */
  text?: string | Buffer;
  contentType?: string;
}

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for parameters; those that end in Key must be numbers. */
  path: string;
  /** Name in Camunda's OpenAPI document, by which the schema of its request is found. */
  name: string;
  /** Zeebe's name of the command, printed when it is rejected. */
  intent?: string;
  /** `multipart` bodies are form data with files of the part `files`, `none` are not read. */
  body?: 'json' | 'none' | { files: string; maxBytes?: number };
  /** Parameters of the query that the operation checks itself. */
  ownQuery?: string[];
  /** What Camunda's validators demand beyond the schema. */
  // oxlint-disable-next-line no-explicit-any
  rules?: (body: any, invalid: string[]) => void;
  answer(request: RestRequest): Answer | Promise<Answer>;
}

export type Database = BetterSqlite3.Database;

export function json(body: unknown, status = 200): Answer {
  return { status, text: printExactly(body), contentType: 'application/json' };
}

export function text(body: string, contentType: string): Answer {
  return { status: 200, text: body, contentType };
}

export const noContent: Answer = { status: 204 };

/** @param digits with or without a sign */
export function isInt64(digits: string) {
  return BigInt.asIntN(64, BigInt(digits)) === BigInt(digits);
}

/** Keys are int64 on the wire and safe integers inside; one that is larger names nothing that exists. */
export function keyOf(value: string) {
  const key = Number(value);
  return Number.isSafeInteger(key) ? key : Number.MAX_SAFE_INTEGER;
}

export function optionalKey(value: string | null | undefined) {
  return value === null || value === undefined ? undefined : keyOf(value);
}
