import { CommandRejection } from '../../command-rejection.ts';
import type { EvaluateDecisionRequest, EvaluateDecisionResponse } from '../../commands.ts';
import { evaluateDeployedDecision } from '../decisions.ts';
import type { Run } from '../run.ts';

export function evaluate(run: Run, request: EvaluateDecisionRequest): EvaluateDecisionResponse {
  const { decisionDefinitionKey: key, decisionDefinitionId: id, variables = {} } = request;
  const { definitions } = run.state;
  if (key === undefined && !id) {
    const reason = 'Expected either a decision id or a valid decision key, but none provided';
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  const decision = key === undefined ? definitions.decision('latest', id!) : definitions.decisionByKey(key);
  if (decision) return evaluateDeployedDecision(run, decision, variables);
  const which = key === undefined ? `id '${id}'` : `key '${key}'`;
  throw new CommandRejection(
    'NOT_FOUND',
    `Expected to evaluate decision '${id ?? key}', but no decision found for ${which}`,
  );
}
