import type { Operation } from './operation.ts';
import { actuatorOperations } from './operations/actuator.ts';
import { adHocOperations } from './operations/ad-hoc-activities.ts';
import { batchOperationOperations } from './operations/batch-operations.ts';
import { clockOperations } from './operations/clock.ts';
import { clusterVariableOperations } from './operations/cluster-variables.ts';
import { clusterOperations } from './operations/cluster.ts';
import { conditionalOperations } from './operations/conditionals.ts';
import { decisionOperations } from './operations/decisions.ts';
import { definitionOperations } from './operations/definitions.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { documentOperations } from './operations/documents.ts';
import { expressionOperations } from './operations/expression.ts';
import { globalListenerOperations } from './operations/global-listeners.ts';
import { identityOperations } from './operations/identity.ts';
import { jobStatisticsOperations } from './operations/job-statistics.ts';
import { jobOperations } from './operations/jobs.ts';
import { messageOperations } from './operations/messages.ts';
import { processInstanceOperations } from './operations/process-instances.ts';
import { searchOperations } from './operations/searches.ts';
import { statisticsOperations } from './operations/statistics.ts';
import { usageMetricsOperations } from './operations/usage-metrics.ts';
import { userTaskDetailOperations } from './operations/user-task-details.ts';
import { userTaskOperations } from './operations/user-tasks.ts';

/** Everything that the engine answers. */
export const operations: Operation[] = [
  ...clusterOperations,
  ...actuatorOperations,
  ...clusterVariableOperations,
  ...deploymentOperations,
  ...processInstanceOperations,
  ...adHocOperations,
  ...jobOperations,
  ...messageOperations,
  ...userTaskOperations,
  ...globalListenerOperations,
  ...conditionalOperations,
  ...decisionOperations,
  ...expressionOperations,
  ...documentOperations,
  ...definitionOperations,
  ...searchOperations,
  ...statisticsOperations,
  ...jobStatisticsOperations,
  ...usageMetricsOperations,
  ...userTaskDetailOperations,
  ...batchOperationOperations,
  ...clockOperations,
  ...identityOperations,
];
