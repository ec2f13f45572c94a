import type { DeploymentResponse } from '../../commands.ts';
import { json, type Operation } from '../operation.ts';
import { badRequest, invalidArgument } from '../problem.ts';
import type { Form } from '../read-body.ts';
import { requireDefaultTenant, tenantId } from '../tenant.ts';

type Metadata = Record<string, unknown>;

/** Camunda lists every deployed thing as an entry with one of five members set. */
function entry(member: string, metadata: Metadata) {
  return {
    processDefinition: null,
    decisionDefinition: null,
    decisionRequirements: null,
    form: null,
    resource: null,
    [member]: { ...metadata, tenantId },
  };
}

function entries(deployed: DeploymentResponse) {
  return [
    ...deployed.processes.map((process) =>
      entry('processDefinition', {
        processDefinitionId: process.processDefinitionId,
        processDefinitionVersion: process.version,
        processDefinitionKey: String(process.processDefinitionKey),
        resourceName: process.resourceName,
      }),
    ),
    ...deployed.decisions.map((decision) =>
      entry('decisionDefinition', {
        decisionDefinitionId: decision.decisionDefinitionId,
        decisionDefinitionKey: String(decision.decisionDefinitionKey),
        name: decision.name,
        version: decision.version,
        decisionRequirementsId: decision.decisionRequirementsId,
        decisionRequirementsKey: String(decision.decisionRequirementsKey),
      }),
    ),
    ...deployed.decisionRequirements.map((requirements) =>
      entry('decisionRequirements', {
        decisionRequirementsId: requirements.decisionRequirementsId,
        decisionRequirementsKey: String(requirements.decisionRequirementsKey),
        decisionRequirementsName: requirements.name,
        version: requirements.version,
        resourceName: requirements.resourceName,
      }),
    ),
    ...deployed.forms.map((form) =>
      entry('form', {
        formId: form.formId,
        formKey: String(form.formKey),
        version: form.version,
        resourceName: form.resourceName,
      }),
    ),
    ...deployed.resources.map((resource) =>
      entry('resource', {
        resourceId: resource.resourceId,
        resourceKey: String(resource.resourceKey),
        version: resource.version,
        resourceName: resource.resourceName,
      }),
    ),
  ];
}

export const deploymentOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/deployments',
    name: 'CreateDeployment',
    intent: 'CREATE',
    body: { files: 'resources' },
    answer: async ({ engine, body }) => {
      const form = body as Form;
      if (form.files.length === 0) throw badRequest("Required part 'resources' is not present.");
      const nameless = form.files.some((file) => file.name === '' || file.name === 'blob');
      if (nameless) throw invalidArgument(['No resource name provided']);
      requireDefaultTenant('Deploy Resources', form.fields.get('tenantId')?.[0]);
      const deployed = await engine.execute({ type: 'deployment.create', resources: form.files });
      return json({ deploymentKey: String(deployed.deploymentKey), tenantId, deployments: entries(deployed) });
    },
  },
];
