import { printExactly } from '../../exact-json.ts';
import type { JsonValue } from '../../json.ts';
import { checkId } from '../identifier.ts';
import { json, noContent, type Operation, type RestRequest } from '../operation.ts';
import { invalidArgument, Problem } from '../problem.ts';
import { runSearch } from '../search/run-search.ts';
import { clusterVariables, wholeClusterVariables } from '../searches/cluster-variables.ts';

const tenantPattern = '^[\\w\\.-]{1,31}$';

/** The variable that the path names; its tenant is empty for those of the whole cluster. */
function addressOf({ params, body }: RestRequest) {
  const name = params.name ?? (body as { name: string }).name;
  const tenantId = params.tenantId ?? '';
  const invalid: string[] = [];
  checkId(name, 'name', invalid);
  if (params.tenantId !== undefined && tenantId !== '<default>') {
    checkId(tenantId, 'tenantId', invalid, tenantPattern, 31);
  }
  if (invalid.length > 0) throw invalidArgument(invalid);
  return { name, tenantId };
}

function printed(name: string, tenantId: string, value: string) {
  return { name, scope: tenantId === '' ? 'GLOBAL' : 'TENANT', tenantId: tenantId || null, value };
}

function put(method: 'POST' | 'PUT', path: string, tenant: boolean): Operation {
  const type = method === 'POST' ? 'cluster-variable.create' : 'cluster-variable.update';
  return {
    method,
    path,
    name: `${method === 'POST' ? 'Create' : 'Update'}${tenant ? 'Tenant' : 'Global'}ClusterVariable`,
    intent: method === 'POST' ? 'CREATE' : 'UPDATE',
    answer: async (request) => {
      const address = addressOf(request);
      const value = (request.body as { value: JsonValue }).value;
      await request.engine.execute({ type, ...address, value });
      return json(printed(address.name, address.tenantId, printExactly(value)));
    },
  };
}

function get(path: string, name: string): Operation {
  return {
    method: 'GET',
    path,
    name,
    answer: (request) => {
      const { name: variable, tenantId } = addressOf(request);
      const row = request.read.get<{ value: string }>(
        'SELECT value FROM cluster_variable WHERE tenant_id = ? AND name = ?',
        tenantId,
        variable,
      );
      if (!row) throw new Problem(404, 'NOT_FOUND', `Cluster Variable with name '${variable}' not found`);
      return json(printed(variable, tenantId, row.value));
    },
  };
}

function remove(path: string, name: string): Operation {
  return {
    method: 'DELETE',
    path,
    name,
    intent: 'DELETE',
    body: 'none',
    answer: async (request) => {
      await request.engine.execute({ type: 'cluster-variable.delete', ...addressOf(request) });
      return noContent;
    },
  };
}

const global = '/v2/cluster-variables/global';
const tenants = '/v2/cluster-variables/tenants/{tenantId}';

export const clusterVariableOperations: Operation[] = [
  put('POST', global, false),
  put('PUT', `${global}/{name}`, false),
  get(`${global}/{name}`, 'GetGlobalClusterVariable'),
  remove(`${global}/{name}`, 'DeleteGlobalClusterVariable'),
  put('POST', tenants, true),
  put('PUT', `${tenants}/{name}`, true),
  get(`${tenants}/{name}`, 'GetTenantClusterVariable'),
  remove(`${tenants}/{name}`, 'DeleteTenantClusterVariable'),
  {
    method: 'POST',
    path: '/v2/cluster-variables/search',
    name: 'SearchClusterVariables',
    answer: ({ read, query, body }) =>
      json(runSearch(read, query.get('truncateValues') === 'false' ? wholeClusterVariables : clusterVariables, body)),
  },
];
