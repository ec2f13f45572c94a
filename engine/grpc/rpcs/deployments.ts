import type { DeployedProcess } from '../../commands.ts';
import { tenantId } from '../../rest/tenant.ts';
import { keyOf, requireDefaultTenant } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

const printProcess = (process: DeployedProcess) => ({
  bpmnProcessId: process.processDefinitionId,
  version: process.version,
  processDefinitionKey: process.processDefinitionKey,
  resourceName: process.resourceName,
  tenantId,
});

export const deploymentRpcs: Rpcs = {
  /** Of Zeebe 1.x: processes only. */
  DeployProcess: {
    intent: 'CREATE',
    answer: async ({ processes }, { engine }) => {
      const resources = (processes as { name: string; definition: Buffer }[]).map(({ name, definition }) => ({
        name,
        content: definition,
      }));
      const deployed = await engine.execute({ type: 'deployment.create', resources });
      return { key: deployed.deploymentKey, processes: deployed.processes.map(printProcess) };
    },
  },
  DeployResource: {
    intent: 'CREATE',
    answer: async ({ resources, tenantId: given }, { engine }) => {
      requireDefaultTenant('DeployResource', given);
      const deployed = await engine.execute({ type: 'deployment.create', resources });
      const deployments = [
        ...deployed.processes.map((process) => ({ process: printProcess(process) })),
        ...deployed.decisions.map((decision) => ({
          decision: {
            dmnDecisionId: decision.decisionDefinitionId,
            dmnDecisionName: decision.name,
            version: decision.version,
            decisionKey: decision.decisionDefinitionKey,
            dmnDecisionRequirementsId: decision.decisionRequirementsId,
            decisionRequirementsKey: decision.decisionRequirementsKey,
            tenantId,
          },
        })),
        ...deployed.decisionRequirements.map((requirements) => ({
          decisionRequirements: {
            dmnDecisionRequirementsId: requirements.decisionRequirementsId,
            dmnDecisionRequirementsName: requirements.name,
            version: requirements.version,
            decisionRequirementsKey: requirements.decisionRequirementsKey,
            resourceName: requirements.resourceName,
            tenantId,
          },
        })),
        ...deployed.forms.map((form) => ({
          form: {
            formId: form.formId,
            version: form.version,
            formKey: form.formKey,
            resourceName: form.resourceName,
            tenantId,
          },
        })),
      ];
      return { key: deployed.deploymentKey, deployments, tenantId };
    },
  },
  DeleteResource: {
    intent: 'DELETE',
    answer: async ({ resourceKey }, { engine }) => {
      await engine.execute({ type: 'resource.delete', resourceKey: keyOf(resourceKey) });
      return {};
    },
  },
};
