import { CommandRejection } from '../../command-rejection.ts';
import type { SetVariablesRequest } from '../../commands.ts';
import { phase } from '../../state/rows.ts';
import type { Run } from '../run.ts';
import { propagateVariables, setLocalVariables } from '../scope-variables.ts';

export function setVariables(run: Run, { scopeKey, variables, local }: SetVariablesRequest): { variablesKey: number } {
  const scope = run.state.instance(scopeKey);
  if (!scope || scope.phase >= phase.completed) {
    const reason = `Expected to update variables for element with key '${scopeKey}', but no such element was found`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (local) setLocalVariables(run.state, scope, variables);
  else propagateVariables(run.state, scope, variables);
  return { variablesKey: run.keys.next() };
}
