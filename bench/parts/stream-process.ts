import { Camunda8 } from '@camunda8/sdk';

/** A process of its own with the SDK's streams of jobs over gRPC for the types named behind the engine's address. */
const [grpcAddress, ...types] = process.argv.slice(2);
const client = new Camunda8({
  ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
  CAMUNDA_AUTH_STRATEGY: 'NONE',
  CAMUNDA_LOG_LEVEL: 'none',
  zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE' },
}).getZeebeGrpcApiClient();
for (const type of types) {
  await client.streamJobs({
    type,
    worker: 'bench',
    timeout: 60_000,
    tenantIds: [],
    taskHandler: (job) => job.complete({ done: true }),
  });
}
