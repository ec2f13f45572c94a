import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { CreateBatchOperationRequest, CreateBatchOperationResponse } from '../../operator-commands.ts';
import type { BatchOperationRow } from '../../state/rows.ts';
import type { Run } from '../run.ts';

/** Notes what is to be done; the work itself is done between other commands: batch-work.ts. */
export function createBatchOperation(run: Run, request: CreateBatchOperationRequest): CreateBatchOperationResponse {
  const { plan, selection, actor } = request;
  if (selection.condition === '') throw new CommandRejection('INVALID_ARGUMENT', 'Given filter is empty');
  const key = run.keys.next();
  run.emit('batch-operation.created', {
    key,
    type: plan.type,
    state: 'CREATED',
    startedAt: run.now,
    endedAt: null,
    total: 0,
    completed: 0,
    failed: 0,
    afterKey: 0,
    selection,
    plan,
    actorType: actor?.type ?? null,
    actorId: actor?.id ?? null,
    errors: null,
  });
  return { batchOperationKey: key, batchOperationType: plan.type };
}

interface Named {
  batchOperationKey: number;
}

/** What has not been done by now is left undone. */
export function cancelBatchOperation(run: Run, { batchOperationKey: key }: Named): Empty {
  const batch = unfinished(run, key);
  if (!batch) {
    const reason = `Expected to cancel a batch operation with key '${key}', but no such batch operation was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  run.emit('batch-operation.changed', batch, { state: 'CANCELED', endedAt: run.now });
  return {};
}

export function suspendBatchOperation(run: Run, { batchOperationKey: key }: Named): Empty {
  const batch = unfinished(run, key);
  const expected = `Expected to suspend a batch operation with key '${key}', but`;
  if (!batch) throw new CommandRejection('NOT_FOUND', `${expected} no such batch operation was found.`);
  if (batch.state === 'SUSPENDED') throw invalidState(expected, batch);
  run.emit('batch-operation.changed', batch, { state: 'SUSPENDED' });
  return {};
}

export function resumeBatchOperation(run: Run, { batchOperationKey: key }: Named): Empty {
  const batch = unfinished(run, key);
  const expected = `Expected to resume a batch operation with key '${key}', but`;
  if (!batch) throw new CommandRejection('NOT_FOUND', `${expected} no such batch operation was found`);
  if (batch.state !== 'SUSPENDED') throw invalidState(expected, batch);
  run.emit('batch-operation.changed', batch, { state: batch.afterKey === null ? 'ACTIVE' : 'CREATED' });
  return {};
}

/** One that is over is history: Zeebe knows it no more. */
function unfinished(run: Run, key: number): BatchOperationRow | undefined {
  const batch = run.state.batchOperations.get(key);
  return batch && batch.endedAt === null ? batch : undefined;
}

/** Zeebe's own word for a batch whose items are listed is INITIALIZED. */
function invalidState(expected: string, { state }: BatchOperationRow): CommandRejection {
  const status = state === 'ACTIVE' ? 'INITIALIZED' : state;
  return new CommandRejection('INVALID_STATE', `${expected} it has an invalid state '${status}'.`);
}
