import { printExactly } from '../../exact-json.ts';
import type { EvaluatedDecision, EvaluateDecisionResponse } from '../../commands.ts';
import { json, optionalKey, type Operation } from '../operation.ts';
import { printInputs, printRules } from '../searches/decisions.ts';
import { requireDefaultTenant, tenantId } from '../tenant.ts';

function evaluation(result: EvaluateDecisionResponse) {
  return {
    decisionDefinitionId: result.decisionDefinitionId,
    decisionDefinitionKey: String(result.decisionDefinitionKey),
    decisionDefinitionName: result.decisionDefinitionName,
    decisionDefinitionVersion: result.decisionDefinitionVersion,
    decisionEvaluationKey: String(result.decisionEvaluationKey),
    // The older name of the same key.
    decisionInstanceKey: String(result.decisionEvaluationKey),
    decisionRequirementsId: result.decisionRequirementsId,
    decisionRequirementsKey: String(result.decisionRequirementsKey),
    evaluatedDecisions: result.evaluatedDecisions.map(evaluatedDecision),
    failedDecisionDefinitionId: result.failedDecisionDefinitionId,
    failureMessage: result.failureMessage,
    output: printExactly(result.output),
    tenantId,
  };
}

function evaluatedDecision(decision: EvaluatedDecision) {
  return {
    decisionDefinitionId: decision.decisionDefinitionId,
    decisionDefinitionKey: String(decision.decisionDefinitionKey),
    decisionDefinitionName: decision.decisionDefinitionName,
    decisionDefinitionVersion: decision.decisionDefinitionVersion,
    decisionDefinitionType: decision.decisionDefinitionType,
    decisionEvaluationInstanceKey: decision.decisionEvaluationInstanceKey,
    output: printExactly(decision.output),
    tenantId,
    evaluatedInputs: printInputs(decision.evaluatedInputs),
    matchedRules: printRules(decision.matchedRules),
  };
}

export const decisionOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/decision-definitions/evaluation',
    name: 'EvaluateDecision',
    intent: 'EVALUATE',
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Evaluate Decision', body.tenantId);
      const result = await engine.execute({
        type: 'decision.evaluate',
        decisionDefinitionKey: optionalKey(body.decisionDefinitionKey),
        decisionDefinitionId: body.decisionDefinitionId ?? undefined,
        variables: body.variables ?? undefined,
      });
      return json(evaluation(result));
    },
  },
];
