import { CommandRejection } from '../../command-rejection.ts';
import type { EvaluateExpressionRequest, EvaluateExpressionResponse } from '../../cluster-commands.ts';
import { FeelSyntaxError } from '../../feel/syntax.ts';
import { evaluateWith, isFeel } from '../expressions.ts';
import type { Run } from '../run.ts';
import { ScopeVariables } from '../scope-variables.ts';

/** FEEL without a process instance: what the caller sends is all that the expression sees. */
export function evaluateExpression(run: Run, request: EvaluateExpressionRequest): EvaluateExpressionResponse {
  const variables = new ScopeVariables(run.state, undefined, request.variables, request.tenantId ?? '');
  try {
    const { value, warnings } = evaluateWith(run, request.expression, variables);
    const result = isFeel(request.expression) ? value : (asNumber(request.expression) ?? value);
    return { result, warnings: warnings.map(({ message }) => message) };
  } catch (error) {
    const what = error instanceof FeelSyntaxError ? 'parse' : 'evaluate';
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandRejection('INVALID_ARGUMENT', `Failed to ${what} expression: ${reason}`);
  }
}

/** A number that is written without FEEL is one for Zeebe too. */
function asNumber(text: string): number | bigint | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}
