import type { LinkedResourceSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { Incident } from './incident.ts';
import type { Run } from './run.ts';

/** What the job's worker is to work with, as the header `linkedResources` that Camunda's RPA worker reads. */
export function linkedResourcesHeader(run: Run, element: ExecutableElement, linked: LinkedResourceSpec[]): string {
  return JSON.stringify(
    linked.map((link) => ({
      resourceKey: String(resourceKeyOf(run, element, link)),
      resourceType: link.resourceType,
      linkName: link.linkName,
    })),
  );
}

function resourceKeyOf(run: Run, element: ExecutableElement, link: LinkedResourceSpec): number {
  const { resourceId, binding, versionTag } = link;
  const { deploymentKey } = element.process;
  const key = run.state.definitions.resource(
    binding,
    resourceId,
    binding === 'deployment' ? deploymentKey : versionTag,
  );
  if (key !== undefined) return key;
  throw new Incident('RESOURCE_NOT_FOUND', notFound(link, deploymentKey));
}

function notFound({ resourceId, binding, versionTag }: LinkedResourceSpec, deploymentKey: number): string {
  if (binding === 'deployment') {
    return (
      `Expected to link a resource with id '${resourceId}' and binding type 'deployment', ` +
      `but no such resource found in the deployment with key ${deploymentKey} which contained the current process. ` +
      'To resolve this incident, migrate the process instance to a process definition ' +
      'that is deployed together with the intended resource to use.'
    );
  }
  if (binding === 'versionTag') {
    return (
      `Expected to link a resource with id '${resourceId}' and version tag '${versionTag}', but no such resource found. ` +
      'To resolve the incident, deploy a resource with the given id and version tag.\n'
    );
  }
  return (
    `Expected to link a resource with id '${resourceId}', but no resource with this id is found, ` +
    'at least a resource with this id should be available. ' +
    'To resolve the Incident please deploy a resource with the same id.\n'
  );
}
