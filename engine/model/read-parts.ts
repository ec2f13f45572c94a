import type { JobSpec } from './element-spec.ts';
import { extension, type Moddle } from './moddle.ts';

export function readHeaders(node: Moddle): Record<string, string> {
  const values = (extension(node, 'zeebe:TaskHeaders')?.values ?? []) as { key?: string; value?: string }[];
  return Object.fromEntries(values.filter(({ key }) => key).map(({ key, value }) => [key, value ?? '']));
}

export function readJob(node: Moddle): JobSpec | undefined {
  const definition = extension(node, 'zeebe:TaskDefinition');
  if (!definition) return undefined;
  return { type: definition.type ?? '', retries: definition.retries ?? '3', headers: readHeaders(node) };
}

export function readMessage(message: Moddle): { name: string; correlationKey: string | null } {
  return {
    name: message.name ?? '',
    correlationKey: extension(message, 'zeebe:Subscription')?.correlationKey ?? null,
  };
}
