import { catchEvent, element, end, model, onMessage, onTimer, path, serviceTask, start, subProcess } from './model.ts';
import type { Scene } from './scene.ts';

/** A task, then scopes in scopes, then events behind a gateway that can't be waited for. */
export const nested = (id: string) =>
  model(
    id,
    [
      start(),
      serviceTask('A', `${id}A`),
      subProcess(
        'outer',
        start('o0'),
        serviceTask('B', `${id}B`),
        subProcess('inner', start('i0'), serviceTask('C', `${id}C`), end('i1'), path('i0', 'C', 'i1')),
        end('o1'),
        path('o0', 'B', 'inner', 'o1'),
      ),
      element('eventBasedGateway', 'choice'),
      catchEvent('first', onTimer('PT9H')),
      catchEvent('second', onMessage(id)),
      end(),
      path('start', 'A', 'outer', 'choice', 'first', 'end') + path('choice', 'second', 'end'),
    ],
    { messages: { [id]: '=missing' } },
  );

export function move(
  source: { sourceElementId: string } | { sourceElementInstanceKey: string },
  to: string,
  more: object = {},
) {
  const sourceType = 'sourceElementId' in source ? 'byId' : 'byKey';
  return { sourceElementInstruction: { sourceType, ...source }, targetElementId: to, ...more };
}

/** @returns why it was refused */
export async function refused(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    return String((error as { detail?: string }).detail ?? (error as Error).message);
  }
  throw new Error('it was not refused');
}

export async function keysOf(
  { client, now }: Scene,
  processInstanceKey: string,
  elementId: string,
  state = 'ACTIVE',
): Promise<string[]> {
  const filter = { processInstanceKey, elementId, state };
  const found = await client.searchElementInstances({ filter, page: { limit: 100 } } as never, now);
  return found.items.map(({ elementInstanceKey }) => String(elementInstanceKey));
}

export const modifier =
  ({ client }: Scene) =>
  (key: string, instructions: object) =>
    client.modifyProcessInstance({ processInstanceKey: key, ...instructions } as never);
