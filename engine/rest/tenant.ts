import { invalidArgument } from './problem.ts';

/** The engine has one tenant, as a cluster without multi-tenancy. */
export const tenantId = '<default>';

/** @throws Problem 400 in Camunda's words when another tenant is named */
export function requireDefaultTenant(request: string, given: string | null | undefined) {
  if (given === null || given === undefined || given === '' || given === tenantId) return;
  throw invalidArgument([
    `Expected to handle request ${request} with tenant identifier '${given}', but multi-tenancy is disabled`,
  ]);
}
