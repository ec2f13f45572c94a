import type { CreateProcessInstanceRequest, CreateProcessInstanceResponse } from '../../commands.ts';
import { tenantId } from '../../rest/tenant.ts';
import { documentOf, durationMsOf, keyOf, requireDefaultTenant } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

interface CreateMessage {
  processDefinitionKey: number;
  bpmnProcessId: string;
  version: number;
  variables: string;
  startInstructions: { elementId: string }[];
  runtimeInstructions: { terminate?: { afterElementId: string } }[];
  tenantId: string;
  tags: string[];
  businessId?: string;
}

/** What a message holds of which nothing was sent. */
const nothingSent: CreateMessage = {
  processDefinitionKey: 0,
  bpmnProcessId: '',
  version: 0,
  variables: '',
  startInstructions: [],
  runtimeInstructions: [],
  tenantId: '',
  tags: [],
};

/** As in Zeebe the id counts where both are given, and every negative version is the latest. */
function creation(message: CreateMessage): CreateProcessInstanceRequest {
  const byId = message.bpmnProcessId !== '';
  return {
    processDefinitionId: byId ? message.bpmnProcessId : undefined,
    processDefinitionVersion: byId && message.version >= 0 ? message.version : undefined,
    processDefinitionKey: byId || message.processDefinitionKey < 0 ? undefined : keyOf(message.processDefinitionKey),
    variables: documentOf(message.variables),
    startInstructions: message.startInstructions,
    runtimeInstructions: message.runtimeInstructions.flatMap(({ terminate }) => terminate ?? []),
    tags: message.tags,
    businessId: message.businessId || undefined,
  };
}

function created(instance: CreateProcessInstanceResponse) {
  return {
    processDefinitionKey: instance.processDefinitionKey,
    bpmnProcessId: instance.processDefinitionId,
    version: instance.processDefinitionVersion,
    processInstanceKey: instance.processInstanceKey,
    tenantId,
    tags: instance.tags,
    businessId: instance.businessId ?? undefined,
  };
}

/** Zeebe's clients send 0 where they name no ancestor, or -1. */
const ancestorOf = (key: number) => (key > 0 ? keyOf(key) : undefined);

interface ActivateMessage {
  elementId: string;
  ancestorElementInstanceKey: number;
  variableInstructions: { variables: string; scopeId: string }[];
}

export const processInstanceRpcs: Rpcs = {
  CreateProcessInstance: {
    intent: 'CREATE',
    answer: async (request: CreateMessage, { engine }) => {
      requireDefaultTenant('CreateProcessInstance', request.tenantId);
      return created(await engine.execute({ type: 'process-instance.create', ...creation(request) }));
    },
  },
  CreateProcessInstanceWithResult: {
    intent: 'CREATE_WITH_AWAITING_RESULT',
    answer: async ({ request, requestTimeout, fetchVariables }, { engine }) => {
      const message = (request ?? nothingSent) as CreateMessage;
      requireDefaultTenant('CreateProcessInstanceWithResult', message.tenantId);
      const instance = await engine.execute({
        type: 'process-instance.create',
        ...creation(message),
        awaitCompletion: true,
        fetchVariables,
        requestTimeoutMs: requestTimeout > 0 ? durationMsOf(requestTimeout) : undefined,
      });
      return { ...created(instance), variables: instance.variablesJson };
    },
  },
  CancelProcessInstance: {
    intent: 'CANCEL',
    answer: ({ processInstanceKey }, { engine }) =>
      engine.execute({ type: 'process-instance.cancel', processInstanceKey: keyOf(processInstanceKey) }),
  },
  ModifyProcessInstance: {
    intent: 'MODIFY',
    answer: ({ processInstanceKey, activateInstructions, terminateInstructions }, { engine }) =>
      engine.execute({
        type: 'process-instance.modify',
        processInstanceKey: keyOf(processInstanceKey),
        activateInstructions: (activateInstructions as ActivateMessage[]).map((instruction) => ({
          elementId: instruction.elementId,
          ancestorElementInstanceKey: ancestorOf(instruction.ancestorElementInstanceKey),
          variableInstructions: instruction.variableInstructions.map(({ variables, scopeId }) => ({
            variables: documentOf(variables),
            scopeId: scopeId || undefined,
          })),
        })),
        terminateInstructions: (terminateInstructions as { elementInstanceKey: number }[]).map(
          ({ elementInstanceKey }) => ({ elementInstanceKey: keyOf(elementInstanceKey) }),
        ),
      }),
  },
  MigrateProcessInstance: {
    intent: 'MIGRATE',
    answer: ({ processInstanceKey, migrationPlan }, { engine }) =>
      engine.execute({
        type: 'process-instance.migrate',
        processInstanceKey: keyOf(processInstanceKey),
        targetProcessDefinitionKey: keyOf(migrationPlan?.targetProcessDefinitionKey ?? 0),
        mappingInstructions: migrationPlan?.mappingInstructions ?? [],
      }),
  },
  SetVariables: {
    intent: 'UPDATE',
    answer: async ({ elementInstanceKey, variables, local }, { engine }) => {
      const { variablesKey } = await engine.execute({
        type: 'variables.set',
        scopeKey: keyOf(elementInstanceKey),
        variables: documentOf(variables),
        local,
      });
      return { key: variablesKey };
    },
  },
  ResolveIncident: {
    intent: 'RESOLVE',
    answer: ({ incidentKey }, { engine }) =>
      engine.execute({ type: 'incident.resolve', incidentKey: keyOf(incidentKey) }),
  },
};
