import type { EngineClock } from '../clock.ts';
import type { CommandType, Request, Response } from '../commands.ts';
import { activateAdHoc } from './commands/ad-hoc.ts';
import {
  cancelBatchOperation,
  createBatchOperation,
  resumeBatchOperation,
  suspendBatchOperation,
} from './commands/batch-operation.ts';
import { evaluateConditional } from './commands/conditional.ts';
import { createClusterVariable, deleteClusterVariable, updateClusterVariable } from './commands/cluster-variable.ts';
import { evaluate } from './commands/decision.ts';
import { deleteResource } from './commands/deployment.ts';
import { evaluateExpression } from './commands/expression.ts';
import { createGlobalListener, deleteGlobalListener, updateGlobalListener } from './commands/global-listener.ts';
import { deleteDecisionInstance, deleteProcessInstance } from './commands/history.ts';
import { resolveIncident } from './commands/incident.ts';
import { completeJob, failJob, throwJobError, updateJob, yieldJob } from './commands/job.ts';
import { migrateProcessInstance } from './commands/migration.ts';
import { modifyProcessInstance } from './commands/modification.ts';
import { correlateMessage, publishMessage } from './commands/message.ts';
import { cancelProcessInstance, createProcessInstance } from './commands/process-instance.ts';
import { broadcast } from './commands/signal.ts';
import { assignUserTask, completeUserTask, unassignUserTask, updateUserTask } from './commands/user-task.ts';
import { setVariables } from './commands/variables.ts';
import type { Deferred } from './deferred.ts';
import type { Run } from './run.ts';

/** Decides what a command does and begins it; throws CommandRejection before it writes anything. */
export type Processor<T extends CommandType> = (
  run: Run,
  request: Request<T>,
  clock: EngineClock,
) => Response<T> | Deferred;

/** Deployments are read before they are queued: engine.ts. */
export const processors: { [T in Exclude<CommandType, 'deployment.create'>]: Processor<T> } = {
  'resource.delete': deleteResource,
  'process-instance.create': createProcessInstance,
  'process-instance.cancel': cancelProcessInstance,
  'process-instance.migrate': migrateProcessInstance,
  'process-instance.modify': modifyProcessInstance,
  'ad-hoc-sub-process.activate': activateAdHoc,
  'job.complete': completeJob,
  'job.fail': failJob,
  'job.throw-error': throwJobError,
  'job.update': updateJob,
  'job.yield': yieldJob,
  'message.publish': publishMessage,
  'message.correlate': correlateMessage,
  'signal.broadcast': broadcast,
  'user-task.assign': assignUserTask,
  'user-task.unassign': unassignUserTask,
  'user-task.update': updateUserTask,
  'user-task.complete': completeUserTask,
  'variables.set': setVariables,
  'incident.resolve': resolveIncident,
  'process-instance.delete': deleteProcessInstance,
  'decision-instance.delete': deleteDecisionInstance,
  'batch-operation.create': createBatchOperation,
  'batch-operation.cancel': cancelBatchOperation,
  'batch-operation.suspend': suspendBatchOperation,
  'batch-operation.resume': resumeBatchOperation,
  'conditional.evaluate': evaluateConditional,
  'global-listener.create': createGlobalListener,
  'global-listener.update': updateGlobalListener,
  'global-listener.delete': deleteGlobalListener,
  'decision.evaluate': evaluate,
  'cluster-variable.create': createClusterVariable,
  'cluster-variable.update': updateClusterVariable,
  'cluster-variable.delete': deleteClusterVariable,
  'expression.evaluate': evaluateExpression,
  'clock.pin': (_run, { timestampMs }, clock) => {
    clock.pin(timestampMs);
    return {};
  },
  'clock.reset': (_run, _request, clock) => {
    clock.reset();
    return {};
  },
};
