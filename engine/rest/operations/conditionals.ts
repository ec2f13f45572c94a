import { json, optionalKey, type Operation } from '../operation.ts';
import { requireDefaultTenant, tenantId } from '../tenant.ts';

export const conditionalOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/conditionals/evaluation',
    name: 'EvaluateConditionals',
    intent: 'EVALUATE',
    rules: (body, invalid) => {
      if (Object.keys(body.variables ?? {}).length === 0) invalid.push('No variables provided');
    },
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Evaluate Conditional', body.tenantId);
      const evaluated = await engine.execute({
        type: 'conditional.evaluate',
        processDefinitionKey: optionalKey(body.processDefinitionKey),
        variables: body.variables,
      });
      return json({
        conditionalEvaluationKey: String(evaluated.conditionalEvaluationKey),
        tenantId,
        processInstances: evaluated.processInstances.map(({ processDefinitionKey, processInstanceKey }) => ({
          processDefinitionKey: String(processDefinitionKey),
          processInstanceKey: String(processInstanceKey),
        })),
      });
    },
  },
];
