import { camundaVersion } from '../../rest/version.ts';
import type { Rpcs } from '../rpc.ts';

export const topologyRpcs: Rpcs = {
  /** One broker that leads one partition: what a client of a single-node cluster is told. */
  Topology: {
    answer: (_request, { engine, host, port }) => {
      const health = engine.status().healthy ? 'HEALTHY' : 'UNHEALTHY';
      return {
        brokers: [
          { nodeId: 0, host, port, partitions: [{ partitionId: 1, role: 'LEADER', health }], version: camundaVersion },
        ],
        clusterSize: 1,
        partitionsCount: 1,
        replicationFactor: 1,
        gatewayVersion: camundaVersion,
      };
    },
  },
};
