import { json, noContent, text, type Operation } from '../operation.ts';
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
  { method: 'GET', path: '/v2/status', name: 'GetStatus', answer: () => noContent },
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
          enabled: false,
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
    answer: () =>
      json({
        username: 'anonymous',
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
  {
    method: 'GET',
    path: '/actuator/health',
    name: 'GetHealth',
    answer: ({ engine }) => (engine.status().healthy ? json({ status: 'UP' }) : json({ status: 'DOWN' }, 503)),
  },
  {
    method: 'GET',
    path: '/actuator/prometheus',
    name: 'GetMetrics',
    answer: ({ read }) => text(metricsOf(read), 'text/plain; version=0.0.4; charset=utf-8'),
  },
];

function metricsOf(read: Parameters<Operation['answer']>[0]['read']) {
  const memory = process.memoryUsage();
  const pages = read.get<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  )!;
  const gauges: [string, string, number][] = [
    ['process_resident_memory_bytes', 'Resident memory of the process in bytes', memory.rss],
    ['nodejs_heap_size_used_bytes', 'Used heap of the engine in bytes', memory.heapUsed],
    ['process_uptime_seconds', 'Seconds since the process started', process.uptime()],
    ['liandong_engine_database_bytes', 'Size of the database file in bytes', pages.bytes],
  ];
  return gauges
    .map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`)
    .join('');
}
