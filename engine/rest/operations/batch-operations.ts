import type { BatchPlan, BatchSelection } from '../../operator-commands.ts';
import { json, keyOf, noContent, type Operation, type RestRequest } from '../operation.ts';
import { badRequest, entityNotFound } from '../problem.ts';
import { Where, type SearchSource } from '../search/column.ts';
import { compileFilter } from '../search/compile-filter.ts';
import { getItem } from '../search/run-search.ts';
import { batchOperations } from '../searches/batch-operations.ts';
import { decisionInstances } from '../searches/decisions.ts';
import { processInstances } from '../searches/process-instances.ts';

interface MigrationPlan {
  targetProcessDefinitionKey: string;
  mappingInstructions: { sourceElementId: string; targetElementId: string }[];
}

/** Makes a batch operation over what the filter finds; it is done later, its progress can be asked for. */
async function begin({ engine, actor }: RestRequest, plan: BatchPlan, selection: BatchSelection) {
  const created = await engine.execute({ type: 'batch-operation.create', plan, selection, actor });
  return json({ batchOperationKey: String(created.batchOperationKey), batchOperationType: created.batchOperationType });
}

function selectionOf(source: SearchSource, filter: Record<string, unknown>): BatchSelection {
  const where = new Where();
  compileFilter(source, filter, where);
  return { condition: where.conditions.join(' AND '), parameters: where.parameters as BatchSelection['parameters'] };
}

/** Camunda does not let a batch loose on everything: an empty filter is refused. */
function refuseEmptyFilter({ filter }: { filter: Record<string, unknown> }, invalid: string[]) {
  const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  if (Object.values(filter).every(isEmpty)) invalid.push('At least one of filter criteria is required');
}

function batch(
  path: string,
  name: string,
  // The body has passed the operation's schema.
  // oxlint-disable-next-line no-explicit-any
  plan: (body: any) => BatchPlan,
  source: SearchSource = processInstances,
): Operation {
  return {
    method: 'POST',
    path: `/v2/${path}`,
    name,
    intent: 'CREATE',
    rules: refuseEmptyFilter,
    answer: (request) => begin(request, plan(request.body), selectionOf(source, request.body.filter)),
  };
}

function manage(verb: string, name: string, intent: string, type: 'cancel' | 'suspend' | 'resume'): Operation {
  return {
    method: 'POST',
    path: `/v2/batch-operations/{batchOperationKey}/${verb}`,
    name,
    intent,
    answer: async ({ engine, params }) => {
      const id = params.batchOperationKey!;
      if (!/^-?\d{1,19}$/.test(id)) {
        const detail = `Batch operation id '${id}' is not a valid number. Legacy Batch Operation IDs are not supported!`;
        throw badRequest(detail);
      }
      await engine.execute({ type: `batch-operation.${type}`, batchOperationKey: keyOf(id) });
      return noContent;
    },
  };
}

export const batchOperationOperations: Operation[] = [
  batch('process-instances/cancellation', 'CancelProcessInstancesBatchOperation', () => ({
    type: 'CANCEL_PROCESS_INSTANCE',
  })),
  batch('process-instances/incident-resolution', 'ResolveIncidentsBatchOperation', () => ({
    type: 'RESOLVE_INCIDENT',
  })),
  batch('process-instances/deletion', 'DeleteProcessInstancesBatchOperation', () => ({
    type: 'DELETE_PROCESS_INSTANCE',
  })),
  batch('process-instances/migration', 'MigrateProcessInstancesBatchOperation', (body) => {
    const { targetProcessDefinitionKey, mappingInstructions } = body.migrationPlan as MigrationPlan;
    const migration = { targetProcessDefinitionKey: keyOf(targetProcessDefinitionKey), mappingInstructions };
    return { type: 'MIGRATE_PROCESS_INSTANCE', migration };
  }),
  batch('process-instances/modification', 'ModifyProcessInstancesBatchOperation', (body) => ({
    type: 'MODIFY_PROCESS_INSTANCE',
    moves: body.moveInstructions,
  })),
  batch(
    'decision-instances/deletion',
    'DeleteDecisionInstancesBatchOperation',
    () => ({ type: 'DELETE_DECISION_INSTANCE' }),
    decisionInstances,
  ),
  {
    method: 'POST',
    path: '/v2/process-instances/{processInstanceKey}/incident-resolution',
    name: 'ResolveProcessInstanceIncidents',
    intent: 'CREATE',
    answer: (request) => {
      const key = request.params.processInstanceKey!;
      getItem(request.read, processInstances, 'processInstanceKey', key);
      const selection = { condition: 'process_instance_key = ?', parameters: [keyOf(key)] };
      return begin(request, { type: 'RESOLVE_INCIDENT' }, selection);
    },
  },
  {
    method: 'POST',
    path: '/v2/process-instances/{processInstanceKey}/deletion',
    name: 'DeleteProcessInstance',
    intent: 'DELETE',
    answer: async ({ engine, read, params }) => {
      getItem(read, processInstances, 'processInstanceKey', params.processInstanceKey!);
      await engine.execute({ type: 'process-instance.delete', processInstanceKey: keyOf(params.processInstanceKey!) });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/decision-instances/{decisionEvaluationKey}/deletion',
    name: 'DeleteDecisionInstance',
    answer: async ({ engine, params }) => {
      const decisionEvaluationKey = keyOf(params.decisionEvaluationKey!);
      await engine.execute({ type: 'decision-instance.delete', decisionEvaluationKey });
      return noContent;
    },
  },
  {
    method: 'GET',
    path: '/v2/batch-operations/{batchOperationKey}',
    name: 'GetBatchOperation',
    answer: ({ read, params }) => {
      const id = params.batchOperationKey!;
      if (!/^\d{1,19}$/.test(id)) throw entityNotFound('Batch Operation', id, 'id');
      return json(getItem(read, batchOperations, 'batchOperationKey', id, 'id'));
    },
  },
  manage('cancellation', 'CancelBatchOperation', 'CANCEL', 'cancel'),
  manage('suspension', 'SuspendBatchOperation', 'SUSPEND', 'suspend'),
  manage('resumption', 'ResumeBatchOperation', 'RESUME', 'resume'),
];
