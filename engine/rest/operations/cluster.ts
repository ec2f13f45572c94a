import { json, type Operation } from '../operation.ts';
import { camundaVersion } from '../version.ts';

/** One broker that leads one partition: what a client of a single-node cluster is told. */
function topology(host: string) {
  const [name, port] = host.split(':');
  const partitions = [{ partitionId: 1, role: 'leader', health: 'healthy' }];
  return {
    brokers: [{ nodeId: 0, host: name, port: Number(port ?? 80), partitions, version: camundaVersion }],
    clusterId: null,
    clusterSize: 1,
    partitionsCount: 1,
    replicationFactor: 1,
    gatewayVersion: camundaVersion,
    lastCompletedChangeId: '-1',
  };
}

export const clusterOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v2/topology',
    name: 'GetTopology',
    answer: ({ headers }) => json(topology(headers.host ?? '127.0.0.1:8080')),
  },
  {
    method: 'GET',
    path: '/v2/license',
    name: 'GetLicense',
    // The engine is Apache-2.0 and asks for no licence.
    answer: () => json({ validLicense: true, licenseType: 'unknown', isCommercial: false, expiresAt: null }),
  },
  {
    method: 'GET',
    path: '/v2/system/configuration',
    name: 'GetSystemConfiguration',
    answer: () =>
      json({
        jobMetrics: {
          enabled: true,
          exportInterval: 'PT5M',
          maxWorkerNameLength: 100,
          maxJobTypeLength: 100,
          maxTenantIdLength: 30,
          maxUniqueKeys: 9500,
        },
      }),
  },
  {
    method: 'GET',
    path: '/v2/authentication/me',
    name: 'GetAuthentication',
    answer: ({ actor }) =>
      json({
        username: actor.id ?? 'anonymous',
        displayName: null,
        email: null,
        authorizedComponents: ['*'],
        tenants: [],
        groups: [],
        roles: [],
        salesPlanType: null,
        c8Links: {},
        canLogout: false,
      }),
  },
];
