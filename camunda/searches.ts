import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { OrchestrationLifters as lift } from '@camunda8/sdk';
import type { ActiveElement, ProcessEngine } from '../domain/ports/process-engine.ts';
import { answerOf, statusOf } from './engine-errors.ts';

/** Searches come late on a cluster and are only for looking at: take what is there. */
export const NOT_WAITING = { consistency: { waitUpToMs: 0 } };
const MAX_ROWS = 1000;
/** Instances called by instances called by …; ours go three deep. */
const MAX_CALL_DEPTH = 10;

type SearchPart = Pick<
  ProcessEngine,
  'elementStatistics' | 'activeElements' | 'instanceCounts' | 'incidents' | 'hasDefinition'
>;

export function searches(client: CamundaClient): SearchPart {
  return {
    elementStatistics: async (processDefinitionKey) =>
      (
        await answerOf(
          client.getProcessDefinitionStatistics(
            { processDefinitionKey: lift.ProcessDefinitionKey.assumeExists(processDefinitionKey) },
            NOT_WAITING,
          ),
        )
      ).items,
    activeElements: (processInstanceKey) => activeElements(client, processInstanceKey),
    instanceCounts: () => instanceCounts(client),
    incidents: (limit) => incidents(client, limit),
    hasDefinition: (processDefinitionKey) => hasDefinition(client, processDefinitionKey),
  };
}

async function activeElements(client: CamundaClient, rootKey: string): Promise<ActiveElement[]> {
  const found: ActiveElement[] = [];
  let level = [lift.ProcessInstanceKey.assumeExists(rootKey)];
  for (let depth = 0; level.length > 0 && depth < MAX_CALL_DEPTH; depth++) {
    for (const processInstanceKey of level) found.push(...(await elementsOf(client, processInstanceKey)));
    level = await calledInstances(client, level);
  }
  return found;
}

async function elementsOf(
  client: CamundaClient,
  processInstanceKey: lift.ProcessInstanceKey,
): Promise<ActiveElement[]> {
  const { items } = await answerOf(
    client.searchElementInstances(
      { filter: { processInstanceKey, state: 'ACTIVE' }, page: { limit: MAX_ROWS } },
      NOT_WAITING,
    ),
  );
  return items.map((item) => ({
    processInstanceKey: item.processInstanceKey,
    processDefinitionKey: item.processDefinitionKey,
    processId: item.processDefinitionId,
    elementId: item.elementId,
    type: item.type,
    hasIncident: item.hasIncident,
  }));
}

async function calledInstances(client: CamundaClient, parents: lift.ProcessInstanceKey[]) {
  const { items } = await answerOf(
    client.searchProcessInstances(
      { filter: { parentProcessInstanceKey: { $in: parents }, state: 'ACTIVE' }, page: { limit: MAX_ROWS } },
      NOT_WAITING,
    ),
  );
  return items.map((item) => item.processInstanceKey);
}

async function instanceCounts(client: CamundaClient) {
  const definitions = await answerOf(client.searchProcessDefinitions({ page: { limit: MAX_ROWS } }, NOT_WAITING));
  const counts = [];
  for (const { processDefinitionKey } of definitions.items) {
    const active = await countInstances(client, processDefinitionKey, false);
    const withIncident = active === 0 ? 0 : await countInstances(client, processDefinitionKey, true);
    counts.push({ processDefinitionKey, active, withIncident });
  }
  return counts;
}

async function countInstances(
  client: CamundaClient,
  processDefinitionKey: lift.ProcessDefinitionKey,
  withIncident: boolean,
) {
  const { page } = await answerOf(
    client.searchProcessInstances(
      {
        filter: { processDefinitionKey, state: 'ACTIVE', ...(withIncident && { hasIncident: true }) },
        page: { limit: 1 },
      },
      NOT_WAITING,
    ),
  );
  return page.totalItems;
}

async function incidents(client: CamundaClient, limit: number) {
  const { items } = await answerOf(
    client.searchIncidents(
      { filter: { state: 'ACTIVE' }, sort: [{ field: 'creationTime', order: 'DESC' }], page: { limit } },
      NOT_WAITING,
    ),
  );
  return items.map((item) => ({
    incidentKey: item.incidentKey,
    errorType: item.errorType,
    errorMessage: item.errorMessage,
    processInstanceKey: item.processInstanceKey,
    processDefinitionKey: item.processDefinitionKey,
    processId: item.processDefinitionId,
    elementId: item.elementId,
    createdAt: Date.parse(item.creationTime),
  }));
}

async function hasDefinition(client: CamundaClient, processDefinitionKey: string) {
  try {
    await client.getProcessDefinition(
      { processDefinitionKey: lift.ProcessDefinitionKey.assumeExists(processDefinitionKey) },
      NOT_WAITING,
    );
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    return answerOf(Promise.reject(error));
  }
}
