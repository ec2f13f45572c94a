import { makeToken } from '../../domain/account/make-token.ts';
import type { TestApp } from '../app/start-app.ts';

export interface Answer {
  status: number;
  type: string;
  // What comes back is what is being tested.
  // oxlint-disable-next-line no-explicit-any
  body: any;
}
/** One person's program: JSON over /api with a token of their own. */
export interface Caller {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}

export async function callerOf(town: TestApp, accountId: string): Promise<Caller> {
  const { token } = await makeToken(town.app, await town.as(accountId), { name: 'test', days: 1 });
  return callerWith(town, { authorization: `Bearer ${token}` });
}

export function callerWith({ address }: TestApp, headers: Record<string, string>): Caller {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body ?? {}),
    put: (path, body) => call('PUT', path, body),
  };
}

/** Callers by account, each made once. */
export function callersOf(town: TestApp): (accountId: string) => Promise<Caller> {
  const known = new Map<string, Promise<Caller>>();
  return (accountId) => {
    const caller = known.get(accountId) ?? callerOf(town, accountId);
    known.set(accountId, caller);
    return caller;
  };
}
