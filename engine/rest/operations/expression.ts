import { json, type Operation } from '../operation.ts';

export const expressionOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/expression/evaluation',
    name: 'EvaluateExpression',
    intent: 'EVALUATE',
    rules: (body, invalid) => {
      if (body.expression.trim() === '') invalid.push('No expression provided');
    },
    answer: async ({ engine, body }) => {
      const { result, warnings } = await engine.execute({
        type: 'expression.evaluate',
        expression: body.expression,
        variables: body.variables ?? undefined,
        tenantId: body.tenantId ?? undefined,
      });
      return json({ expression: body.expression, result, warnings: warnings.map((message) => ({ message })) });
    },
  },
];
