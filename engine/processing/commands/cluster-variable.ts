import { CommandRejection } from '../../command-rejection.ts';
import type { ClusterVariableScope, PutClusterVariableRequest } from '../../cluster-commands.ts';
import type { Empty } from '../../commands.ts';
import type { Run } from '../run.ts';

const scopeInWords = (tenantId: string): string => (tenantId === '' ? 'GLOBAL' : `tenant: '${tenantId}'`);

export function createClusterVariable(run: Run, { name, tenantId, value }: PutClusterVariableRequest): Empty {
  if (run.state.clusterVariables.has(tenantId, name)) {
    const reason = `Invalid cluster variable name: '${name}'. The name already exists in the scope '${scopeInWords(tenantId)}'`;
    throw new CommandRejection('ALREADY_EXISTS', reason);
  }
  run.state.clusterVariables.put(tenantId, name, value);
  return {};
}

export function updateClusterVariable(run: Run, { name, tenantId, value }: PutClusterVariableRequest): Empty {
  requireExistence(run, name, tenantId);
  run.state.clusterVariables.put(tenantId, name, value);
  return {};
}

export function deleteClusterVariable(run: Run, { name, tenantId }: ClusterVariableScope): Empty {
  requireExistence(run, name, tenantId);
  run.state.clusterVariables.remove(tenantId, name);
  return {};
}

function requireExistence(run: Run, name: string, tenantId: string) {
  if (run.state.clusterVariables.has(tenantId, name)) return;
  const reason = `Invalid cluster variable name: '${name}'. The variable does not exist in the scope '${scopeInWords(tenantId)}'`;
  throw new CommandRejection('NOT_FOUND', reason);
}
