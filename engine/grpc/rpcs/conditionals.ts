import { documentOf, keyOf, requireDefaultTenant } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

export const conditionalRpcs: Rpcs = {
  EvaluateConditional: {
    intent: 'EVALUATE',
    answer: async ({ processDefinitionKey, variables, tenantId: given }, { engine }) => {
      requireDefaultTenant('EvaluateConditional', given);
      const { processInstances } = await engine.execute({
        type: 'conditional.evaluate',
        processDefinitionKey: processDefinitionKey > 0 ? keyOf(processDefinitionKey) : undefined,
        variables: documentOf(variables),
      });
      return { processInstances };
    },
  },
};
