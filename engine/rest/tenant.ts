import { Problem } from './problem.ts';

/** The engine has one tenant, as a cluster without multi-tenancy. */
export const tenantId = '<default>';

/** @throws Problem 400 in Camunda's words when another tenant is named */
export function requireDefaultTenant(request: string, given: string | null | undefined) {
  if (given === null || given === undefined || given.trim() === '' || given === tenantId) return;
  throw disabled(request, `tenant identifier '${given}'`);
}

/** @throws Problem 400 in Camunda's words when another tenant is among them */
export function requireDefaultTenants(request: string, given: string[] | null | undefined) {
  if (!given?.some((tenant) => tenant.trim() !== '')) return;
  if (given.every((tenant) => tenant === tenantId)) return;
  if (given.length === 1) return requireDefaultTenant(request, given[0]);
  throw disabled(request, `tenant identifiers [${given.join(', ')}]`);
}

/** Camunda prints it without a full stop. */
function disabled(request: string, tenants: string) {
  const detail = `Expected to handle request ${request} with ${tenants}, but multi-tenancy is disabled`;
  return new Problem(400, 'INVALID_ARGUMENT', detail);
}
