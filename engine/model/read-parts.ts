import type { Binding, JobSpec, LinkedResourceSpec } from './element-spec.ts';
import { extension, type Moddle } from './moddle.ts';

/** As Zeebe does, without those that lack a key or a value. */
export function readHeaders(node: Moddle): Record<string, string> {
  const values = (extension(node, 'zeebe:TaskHeaders')?.values ?? []) as { key?: string; value?: string }[];
  return Object.fromEntries(values.filter(({ key, value }) => key && value).map(({ key, value }) => [key, value]));
}

export function readJob(node: Moddle): JobSpec | undefined {
  const definition = extension(node, 'zeebe:TaskDefinition');
  if (!definition) return undefined;
  const job: JobSpec = { type: definition.type ?? '', retries: definition.retries || '3', headers: readHeaders(node) };
  const linked = (extension(node, 'zeebe:LinkedResources')?.values ?? []) as Moddle[];
  if (linked.length > 0) job.linkedResources = linked.map(readLinkedResource);
  return job;
}

function readLinkedResource(link: Moddle): LinkedResourceSpec {
  return {
    resourceId: link.resourceId ?? '',
    resourceType: link.resourceType ?? '',
    linkName: link.linkName ?? null,
    binding: (link.bindingType ?? 'latest') as Binding,
    versionTag: link.versionTag ?? null,
  };
}

export function readMessage(message: Moddle): { name: string; correlationKey: string | null } {
  return {
    name: message.name ?? '',
    correlationKey: extension(message, 'zeebe:Subscription')?.correlationKey ?? null,
  };
}
