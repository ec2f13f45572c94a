import { json, noContent, type Operation } from '../operation.ts';
import { invalidArgument } from '../problem.ts';
import { checkId } from '../identifier.ts';
import { getItem, runSearch } from '../search/run-search.ts';
import { globalListeners } from '../searches/global-listeners.ts';

interface Body {
  type?: string;
  eventTypes?: string[];
  retries?: number | null;
}

function checkListener({ type, eventTypes, retries }: Body, invalid: string[]): void {
  checkId(type ?? '', 'type', invalid);
  if ((eventTypes ?? []).length === 0) invalid.push('No eventTypes provided');
  if (typeof retries === 'number' && retries < 1) {
    invalid.push(`The value for retries is '${retries}' but must be greater than 0`);
  }
}

/** @throws Problem 400 when the path names no listener's id */
function idOf(params: Record<string, string>) {
  const invalid: string[] = [];
  checkId(params.id!, 'id', invalid);
  if (invalid.length > 0) throw invalidArgument(invalid);
  return params.id!;
}

export const globalListenerOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/global-task-listeners',
    name: 'CreateGlobalTaskListener',
    intent: 'CREATE',
    rules: (body, invalid) => {
      checkId(body.id, 'id', invalid);
      checkListener(body, invalid);
    },
    answer: async ({ engine, body }) =>
      json(await engine.execute({ type: 'global-listener.create', listener: body }), 201),
  },
  {
    method: 'PUT',
    path: '/v2/global-task-listeners/{id}',
    name: 'UpdateGlobalTaskListener',
    intent: 'UPDATE',
    rules: checkListener,
    answer: async ({ engine, params, body }) => {
      const listener = { ...body, id: idOf(params) };
      return json(await engine.execute({ type: 'global-listener.update', listener }));
    },
  },
  {
    method: 'DELETE',
    path: '/v2/global-task-listeners/{id}',
    name: 'DeleteGlobalTaskListener',
    intent: 'DELETE',
    body: 'none',
    answer: async ({ engine, params }) => {
      await engine.execute({ type: 'global-listener.delete', id: idOf(params) });
      return noContent;
    },
  },
  {
    method: 'GET',
    path: '/v2/global-task-listeners/{id}',
    name: 'GetGlobalTaskListener',
    answer: ({ read, params }) => json(getItem(read, globalListeners, 'id', idOf(params))),
  },
  {
    method: 'POST',
    path: '/v2/global-task-listeners/search',
    name: 'SearchGlobalTaskListeners',
    answer: ({ read, body }) => json(runSearch(read, globalListeners, body)),
  },
];
