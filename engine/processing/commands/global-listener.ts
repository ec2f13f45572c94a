import { CommandRejection } from '../../command-rejection.ts';
import type { GlobalListenerRequest, GlobalListenerResponse } from '../../commands.ts';
import { globalEventTypes, type GlobalEventType, type GlobalListener } from '../../state/global-listeners.ts';
import type { Run } from '../run.ts';

const what = 'global USER_TASK listener';
const defaults = { retries: 3, afterNonGlobal: false, priority: 50 };

export function createGlobalListener(run: Run, request: { listener: GlobalListenerRequest }): GlobalListenerResponse {
  const listener = listenerOf(request.listener);
  if (run.state.globalListeners.find(listener.id)) {
    const reason = `Expected a ${what} with id '${listener.id}' to not exist, but a listener with the same id was found`;
    throw new CommandRejection('ALREADY_EXISTS', reason);
  }
  run.state.globalListeners.put(listener);
  return listener;
}

/** All of it is said anew: what is left out gets its default. */
export function updateGlobalListener(run: Run, request: { listener: GlobalListenerRequest }): GlobalListenerResponse {
  const listener = listenerOf(request.listener);
  requireListener(run, listener.id);
  run.state.globalListeners.put(listener);
  return listener;
}

export function deleteGlobalListener(run: Run, { id }: { id: string }): Record<never, never> {
  requireListener(run, id);
  run.state.globalListeners.delete(id);
  return {};
}

function requireListener(run: Run, id: string): void {
  if (run.state.globalListeners.find(id)) return;
  throw new CommandRejection('NOT_FOUND', `Expected a ${what} with id '${id}' to exist, but it was not found`);
}

function listenerOf({ id, type, eventTypes, ...more }: GlobalListenerRequest): GlobalListener {
  const refuse = (reason: string) => new CommandRejection('INVALID_ARGUMENT', reason);
  if (id.trim() === '') throw refuse(`Missing id for the provided ${what}`);
  if (!type?.trim()) throw refuse(`Missing type for the provided ${what} with id '${id}'`);
  if (!eventTypes?.length) throw refuse(`Missing event types for the provided ${what} with id '${id}'`);
  const unknown = eventTypes.filter((name) => !globalEventTypes.includes(name as GlobalEventType));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `'${name}'`).join(', ');
    throw refuse(`Invalid event types for the provided ${what} with id '${id}': ${names}`);
  }
  const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null && value !== undefined));
  const types = [...new Set(eventTypes)] as GlobalEventType[];
  return { ...defaults, ...given, id, type, eventTypes: types, source: 'API' };
}
