import type { EngineLog } from './engine-log.ts';
import { globalEventTypes, type GlobalEventType, type GlobalListener } from './state/global-listeners.ts';

const variable =
  /^CAMUNDA_CLUSTER_GLOBAL_?LISTENERS_USER_?TASK_(\d+)_(ID|TYPE|RETRIES|PRIORITY|AFTER_?NON_?GLOBAL|EVENT_?TYPES(?:_\d+)?)$/;

/**
 * Global user task listeners of the environment, named as Camunda's are. What makes no sense is left out with a
 * warning, as a cluster does (docs: "Configure global user task listeners").
 */
export function configuredListeners(environment: NodeJS.ProcessEnv, log: Pick<EngineLog, 'warn'>): GlobalListener[] {
  const entries = new Map<number, Record<string, string[]>>();
  for (const [name, value = ''] of Object.entries(environment).sort(([a], [b]) =>
    a.localeCompare(b, undefined, { numeric: true }),
  )) {
    const [, index, property] = variable.exec(name) ?? [];
    if (index === undefined) continue;
    const entry = entries.get(Number(index)) ?? {};
    entries.set(Number(index), entry);
    const known = property!.replaceAll('_', '').replace(/\d+$/, '');
    (entry[known] ??= []).push(...(known === 'EVENTTYPES' ? value.split(',') : [value]).map((part) => part.trim()));
  }
  const found = new Map<string, GlobalListener>();
  for (const [index, entry] of [...entries].sort(([a], [b]) => a - b)) {
    const refuse = (why: string) => log.warn({ listener: index, why }, 'global task listener left out');
    const listener = listenerOf(entry, refuse);
    if (typeof listener === 'string') refuse(listener);
    else if (found.has(listener.id)) refuse(`another listener has the id ${listener.id}`);
    else found.set(listener.id, listener);
  }
  return [...found.values()];
}

/** @returns why it can't be used, where that is so */
function listenerOf(entry: Record<string, string[]>, warn: (why: string) => void): GlobalListener | string {
  const text = (name: string) => entry[name]?.[0] ?? '';
  const [id, type] = [text('ID'), text('TYPE')];
  if (id === '' || type === '') return 'id and type must be given';
  const given = [...new Set((entry.EVENTTYPES ?? []).map((name) => name.toLowerCase()))];
  const known = given.filter((name): name is GlobalEventType => globalEventTypes.includes(name as GlobalEventType));
  const unknown = given.filter((name) => !(known as string[]).includes(name));
  if (known.length === 0) return `no known event types: ${given.join(', ')}`;
  if (unknown.length > 0) warn(`unknown event types are ignored: ${unknown.join(', ')}`);
  const retries = Number(text('RETRIES') || 3);
  const priority = Number(text('PRIORITY') || 50);
  if (!Number.isInteger(retries) || retries < 1) return `retries must be above 0: ${text('RETRIES')}`;
  if (!Number.isInteger(priority)) return `priority must be a number: ${text('PRIORITY')}`;
  const afterNonGlobal = text('AFTERNONGLOBAL').toLowerCase() === 'true';
  const eventTypes: GlobalEventType[] = known.includes('all') ? ['all'] : known;
  return { id, type, retries, eventTypes, afterNonGlobal, priority, source: 'CONFIGURATION' };
}
