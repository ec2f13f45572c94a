import { json, noContent, type Operation } from '../operation.ts';
import { getItem, runSearch } from '../search/run-search.ts';
import { globalListeners } from '../searches/global-listeners.ts';

interface Body {
  type?: string;
  eventTypes?: string[];
  retries?: number | null;
}

function checkListener({ type, eventTypes, retries }: Body, invalid: string[]): void {
  if ((type ?? '').trim() === '') invalid.push('No type provided');
  if ((eventTypes ?? []).length === 0) invalid.push('No eventTypes provided');
  if (typeof retries === 'number' && retries < 1) {
    invalid.push(`The value for retries is '${retries}' but must be greater than 0`);
  }
}

export const globalListenerOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/global-task-listeners',
    name: 'CreateGlobalTaskListener',
    intent: 'CREATE',
    rules: (body, invalid) => {
      if (body.id.trim() === '') invalid.push('No id provided');
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
      const listener = { ...body, id: params.id! };
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
      await engine.execute({ type: 'global-listener.delete', id: params.id! });
      return noContent;
    },
  },
  {
    method: 'GET',
    path: '/v2/global-task-listeners/{id}',
    name: 'GetGlobalTaskListener',
    answer: ({ read, params }) => json(getItem(read, globalListeners, 'id', params.id!)),
  },
  {
    method: 'POST',
    path: '/v2/global-task-listeners/search',
    name: 'SearchGlobalTaskListeners',
    answer: ({ read, body }) => json(runSearch(read, globalListeners, body)),
  },
];
