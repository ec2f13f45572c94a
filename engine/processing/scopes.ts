import type { InstanceRow } from '../state/rows.ts';
import type { Manner, Run } from './run.ts';

/** Ends all that runs in a scope, tokens that wait at joins included; the life cycle tells when each is gone. */
export function terminateChildren(run: Run, scope: InstanceRow, manner: Manner = 'heard'): void {
  if (scope.children === 0) return;
  const tokens = run.state.queries.waitingTokensOfScope(scope.key);
  for (const token of tokens) run.emit('token.taken', token, { waiting: 0 });
  if (tokens.length > 0) run.emit('element.changed', scope, { children: scope.children - tokens.length });
  for (const child of run.state.queries.activeChildren(scope.processInstanceKey, scope.key)) {
    run.terminate(child, manner);
  }
}
