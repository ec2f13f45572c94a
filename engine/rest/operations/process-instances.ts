import { printExactly } from '../../exact-json.ts';
import type { CreateProcessInstanceResponse } from '../../commands.ts';
import { keyOf, noContent, optionalKey, type Answer, type Operation } from '../operation.ts';
import { checkModification, modificationOf } from './modification.ts';
import { requireDefaultTenant, tenantId } from '../tenant.ts';

function createdInstance(created: CreateProcessInstanceResponse): Answer {
  const printed = printExactly({
    processDefinitionId: created.processDefinitionId,
    processDefinitionVersion: created.processDefinitionVersion,
    processDefinitionKey: String(created.processDefinitionKey),
    processInstanceKey: String(created.processInstanceKey),
    tenantId,
    tags: created.tags,
    businessId: created.businessId,
  });
  // The variables are JSON text already.
  const text = `${printed.slice(0, -1)},"variables":${created.variablesJson}}`;
  return { status: 200, text, contentType: 'application/json' };
}

const maxTags = 10;

export const processInstanceOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/process-instances',
    name: 'CreateProcessInstance',
    intent: 'CREATE',
    rules: (body, invalid) => {
      if (body.businessId?.trim() === '') invalid.push('No businessId provided');
      if ((body.tags?.length ?? 0) > maxTags) {
        invalid.push(
          `The provided number of tags '${body.tags.length}' is not supported. Ensure to not add more than ${maxTags} tags.`,
        );
      }
    },
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Create Process Instance', body.tenantId);
      const version = body.processDefinitionVersion ?? -1;
      const created = await engine.execute({
        type: 'process-instance.create',
        processDefinitionKey: optionalKey(body.processDefinitionKey),
        processDefinitionId: body.processDefinitionId ?? undefined,
        processDefinitionVersion: version === -1 ? undefined : version,
        variables: body.variables ?? undefined,
        startInstructions: body.startInstructions ?? undefined,
        runtimeInstructions: body.runtimeInstructions ?? undefined,
        tags: body.tags ?? undefined,
        businessId: body.businessId ?? undefined,
        awaitCompletion: body.awaitCompletion ?? undefined,
        fetchVariables: body.fetchVariables ?? undefined,
        requestTimeoutMs: body.requestTimeout || undefined,
      });
      return createdInstance(created);
    },
  },
  {
    method: 'POST',
    path: '/v2/process-instances/{processInstanceKey}/cancellation',
    name: 'CancelProcessInstance',
    intent: 'CANCEL',
    answer: async ({ engine, params }) => {
      await engine.execute({ type: 'process-instance.cancel', processInstanceKey: keyOf(params.processInstanceKey!) });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/process-instances/{processInstanceKey}/migration',
    name: 'MigrateProcessInstance',
    intent: 'MIGRATE',
    rules: (body, invalid) => {
      const mappings = body.mappingInstructions as { sourceElementId: string; targetElementId: string }[];
      if (mappings.length === 0) invalid.push('No mappingInstructions provided');
      if (mappings.some(({ sourceElementId, targetElementId }) => !sourceElementId || !targetElementId)) {
        invalid.push('All [sourceElementId, targetElementId] are required');
      }
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'process-instance.migrate',
        processInstanceKey: keyOf(params.processInstanceKey!),
        targetProcessDefinitionKey: keyOf(body.targetProcessDefinitionKey),
        mappingInstructions: body.mappingInstructions,
      });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/process-instances/{processInstanceKey}/modification',
    name: 'ModifyProcessInstance',
    intent: 'MODIFY',
    rules: checkModification,
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'process-instance.modify',
        processInstanceKey: keyOf(params.processInstanceKey!),
        ...modificationOf(body),
      });
      return noContent;
    },
  },
  {
    method: 'PUT',
    path: '/v2/element-instances/{elementInstanceKey}/variables',
    name: 'CreateElementInstanceVariables',
    intent: 'UPDATE',
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'variables.set',
        scopeKey: keyOf(params.elementInstanceKey!),
        variables: body.variables,
        local: body.local ?? false,
      });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/incidents/{incidentKey}/resolution',
    name: 'ResolveIncident',
    intent: 'RESOLVE',
    answer: async ({ engine, params }) => {
      await engine.execute({ type: 'incident.resolve', incidentKey: keyOf(params.incidentKey!) });
      return noContent;
    },
  },
];
