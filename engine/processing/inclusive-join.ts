import type { ExecutableElement } from '../model/executable-process.ts';
import type { InstanceRow } from '../state/rows.ts';
import type { Run } from './run.ts';

/**
 * An inclusive gateway joins when no token of its scope can still arrive by a flow that holds none yet
 * (docs: "Inclusive gateway").
 */
export function mayStillArrive(
  run: Run,
  gateway: ExecutableElement,
  scope: InstanceRow,
  arrived: ReadonlyMap<number, unknown>,
): boolean {
  const missing = gateway.incoming.filter((flow) => !arrived.has(flow.ref));
  const reaching = upstream(missing, gateway);
  for (const element of run.comingTo(scope.key)) if (reaching.has(element)) return true;
  for (const child of run.state.queries.activeChildren(scope.processInstanceKey, scope.key)) {
    if (reaching.has(run.element(child))) return true;
  }
  return run.state.queries
    .waitingTokensOfScope(scope.key)
    .some((token) => token.gatewayRef !== gateway.ref && reaching.has(run.state.definitions.element(token.gatewayRef)));
}

function upstream(flows: ExecutableElement[], stop: ExecutableElement): Set<ExecutableElement> {
  const found = new Set<ExecutableElement>();
  const queue = flows.map((flow) => flow.source!);
  for (let element = queue.pop(); element; element = queue.pop()) {
    if (element === stop || found.has(element)) continue;
    found.add(element);
    queue.push(...element.incoming.map((flow) => flow.source!), ...element.linkSources);
    if (element.attachedTo) queue.push(element.attachedTo);
  }
  return found;
}
