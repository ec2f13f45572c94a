import { CommandRejection } from '../../command-rejection.ts';
import { json, keyOf, text, type Operation } from '../operation.ts';
import { entityNotFound } from '../problem.ts';
import { tenantId } from '../tenant.ts';

/** The XML that was deployed, found by a query for the key. */
function xml(path: string, name: string, entity: string, query: string): Operation {
  const parameter = /\{(\w+)\}/.exec(path)![1]!;
  return {
    method: 'GET',
    path: `/v2/${path}/xml`,
    name,
    answer: ({ read, params }) => {
      const row = read.get<{ xml: string }>(query, keyOf(params[parameter]!));
      if (!row) throw entityNotFound(entity, params[parameter]!);
      return text(row.xml, 'text/xml');
    },
  };
}

/** Camunda's gateway fetches resources from the engine, which refuses. */
function resourceNotFound(key: string) {
  return new CommandRejection('NOT_FOUND', `Expected to fetch resource but no resource found with key \`${key}\``);
}

interface ResourceRow {
  resource_id: string;
  resource_name: string;
  version: number;
  version_tag: string | null;
}

export const definitionOperations: Operation[] = [
  xml(
    'process-definitions/{processDefinitionKey}',
    'GetProcessDefinitionXml',
    'Process Definition',
    `SELECT xml FROM process_definition WHERE key = ? AND state <> 'REMOVED'`,
  ),
  xml(
    'decision-definitions/{decisionDefinitionKey}',
    'GetDecisionDefinitionXml',
    'Decision Definition',
    'SELECT r.xml FROM decision d JOIN decision_requirements r ON r.key = d.decision_requirements_key WHERE d.key = ?',
  ),
  xml(
    'decision-requirements/{decisionRequirementsKey}',
    'GetDecisionRequirementsXml',
    'Decision Requirements',
    'SELECT xml FROM decision_requirements WHERE key = ?',
  ),
  {
    method: 'GET',
    path: '/v2/resources/{resourceKey}',
    name: 'GetResource',
    intent: 'FETCH',
    answer: ({ read, params }) => {
      const row = read.get<ResourceRow>(
        'SELECT resource_id, resource_name, version, version_tag FROM resource WHERE key = ? AND deleted = 0',
        keyOf(params.resourceKey!),
      );
      if (!row) throw resourceNotFound(params.resourceKey!);
      return json({
        resourceId: row.resource_id,
        resourceKey: params.resourceKey,
        resourceName: row.resource_name,
        version: row.version,
        versionTag: row.version_tag,
        tenantId,
      });
    },
  },
  {
    method: 'GET',
    path: '/v2/resources/{resourceKey}/content',
    name: 'GetResourceContent',
    intent: 'FETCH',
    answer: ({ read, params }) => {
      const row = read.get<{ content: Buffer }>(
        'SELECT content FROM resource WHERE key = ? AND deleted = 0',
        keyOf(params.resourceKey!),
      );
      if (!row) throw resourceNotFound(params.resourceKey!);
      return text(row.content.toString('utf8'), 'text/plain; charset=utf-8');
    },
  },
  {
    method: 'POST',
    path: '/v2/resources/{resourceKey}/deletion',
    name: 'DeleteResource',
    intent: 'DELETE',
    answer: async ({ engine, params, body, actor }) => {
      const { resourceKey, batchOperation } = await engine.execute({
        type: 'resource.delete',
        resourceKey: keyOf(params.resourceKey!),
        deleteHistory: body?.deleteHistory ?? false,
        actor,
      });
      return json({
        resourceKey: String(resourceKey),
        batchOperation: batchOperation && {
          ...batchOperation,
          batchOperationKey: String(batchOperation.batchOperationKey),
        },
      });
    },
  },
];
