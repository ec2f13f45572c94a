import { Problem } from '../problem.ts';
import type { Operation } from '../operation.ts';

const resources: [resource: string, paths: string[]][] = [
  ['USER', ['/users', '/users/{id}', '/setup/user']],
  ['GROUP', ['/groups', '/groups/{id}', '/groups/{id}/{members}/{memberId}', '/groups/{id}/{members}']],
  ['ROLE', ['/roles', '/roles/{id}', '/roles/{id}/{members}/{memberId}', '/roles/{id}/{members}']],
  ['TENANT', ['/tenants', '/tenants/{id}', '/tenants/{id}/{members}/{memberId}', '/tenants/{id}/{members}']],
  ['AUTHORIZATION', ['/authorizations', '/authorizations/{id}']],
  ['MAPPING_RULE', ['/mapping-rules', '/mapping-rules/{id}']],
];

const permissions = { GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', PATCH: 'UPDATE', DELETE: 'DELETE' } as const;
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

/**
 * Users, groups, roles, tenants and authorizations belong to a cluster with an identity provider. The engine has one
 * operator and answers as such a cluster answers a client that lacks the permission.
 */
export const identityOperations: Operation[] = resources.flatMap(([resource, paths]) =>
  paths.flatMap((path) => methods.map((method) => forbidden(resource, path, method))),
);

function forbidden(resource: string, path: string, method: Operation['method']): Operation {
  return {
    method,
    path: `/v2${path}`,
    name: `Forbidden${resource}`,
    body: 'none',
    answer: () => {
      throw new Problem(
        403,
        'FORBIDDEN',
        `Unauthorized to perform any of the operations: '${permissions[method]}' on '${resource}'`,
      );
    },
  };
}
