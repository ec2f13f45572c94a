import type { Rpcs } from './rpc.ts';
import { conditionalRpcs } from './rpcs/conditionals.ts';
import { decisionRpcs } from './rpcs/decisions.ts';
import { deploymentRpcs } from './rpcs/deployments.ts';
import { jobRpcs } from './rpcs/jobs.ts';
import { messageRpcs } from './rpcs/messages.ts';
import { processInstanceRpcs } from './rpcs/process-instances.ts';
import { topologyRpcs } from './rpcs/topology.ts';

/** Every rpc of the gateway that has one answer; those that stream jobs are in rpcs/activation.ts. */
export const rpcs: Rpcs = {
  ...topologyRpcs,
  ...deploymentRpcs,
  ...processInstanceRpcs,
  ...jobRpcs,
  ...messageRpcs,
  ...conditionalRpcs,
  ...decisionRpcs,
};
