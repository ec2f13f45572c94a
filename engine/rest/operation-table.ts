import type { Operation } from './operation.ts';
import { clusterOperations } from './operations/cluster.ts';
import { identityOperations } from './operations/identity.ts';

/** Everything that the engine answers, in the order of Camunda's API reference. */
export const operations: Operation[] = [...clusterOperations, ...identityOperations];
