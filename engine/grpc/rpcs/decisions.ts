import { printExactly } from '../../exact-json.ts';
import type { EvaluatedDecision, EvaluateDecisionResponse } from '../../commands.ts';
import { printInputs, printRules } from '../../rest/searches/decisions.ts';
import { tenantId } from '../../rest/tenant.ts';
import { documentOf, keyOf, requireDefaultTenant } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

function evaluation(result: EvaluateDecisionResponse) {
  const failed = result.failedDecisionDefinitionId;
  return {
    decisionKey: result.decisionDefinitionKey,
    decisionId: result.decisionDefinitionId,
    decisionName: result.decisionDefinitionName,
    decisionVersion: result.decisionDefinitionVersion,
    decisionRequirementsId: result.decisionRequirementsId,
    decisionRequirementsKey: result.decisionRequirementsKey,
    ...(failed
      ? { failedDecisionId: failed, failureMessage: result.failureMessage }
      : { decisionOutput: printExactly(result.output) }),
    evaluatedDecisions: result.evaluatedDecisions.map(evaluatedDecision),
    tenantId,
    // the older name of the same key
    decisionInstanceKey: result.decisionEvaluationKey,
    decisionEvaluationKey: result.decisionEvaluationKey,
  };
}

function evaluatedDecision(decision: EvaluatedDecision) {
  return {
    decisionKey: decision.decisionDefinitionKey,
    decisionId: decision.decisionDefinitionId,
    decisionName: decision.decisionDefinitionName,
    decisionVersion: decision.decisionDefinitionVersion,
    decisionType: decision.decisionDefinitionType,
    decisionOutput: printExactly(decision.output),
    matchedRules: printRules(decision.matchedRules),
    evaluatedInputs: printInputs(decision.evaluatedInputs),
    tenantId,
    decisionEvaluationInstanceKey: decision.decisionEvaluationInstanceKey,
  };
}

export const decisionRpcs: Rpcs = {
  EvaluateDecision: {
    intent: 'EVALUATE',
    answer: async ({ decisionId, decisionKey, variables, tenantId: given }, { engine }) => {
      requireDefaultTenant('EvaluateDecision', given);
      const result = await engine.execute({
        type: 'decision.evaluate',
        decisionDefinitionId: decisionId || undefined,
        decisionDefinitionKey: decisionId || decisionKey < 0 ? undefined : keyOf(decisionKey),
        variables: documentOf(variables),
      });
      return evaluation(result);
    },
  },
};
