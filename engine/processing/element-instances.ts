import type { JsonObject } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { phase, type ElementInstanceRow, type InstanceRow } from '../state/rows.ts';
import { inheritedData, type Run } from './run.ts';
import { setLocalVariables } from './scope-variables.ts';

/** The row of an element that is about to be entered. */
export const newElementInstance = (
  run: Run,
  element: ExecutableElement,
  scope: InstanceRow,
  given: Partial<ElementInstanceRow> = {},
): ElementInstanceRow => ({
  key: run.keys.next(),
  processInstanceKey: scope.processInstanceKey,
  scopeKey: scope.key,
  elementRef: element.ref,
  flowRef: null,
  isBody: 0,
  state: 'ACTIVE',
  phase: phase.activating,
  children: 0,
  startedAt: run.now,
  endedAt: null,
  jobKey: null,
  data: inheritedData(scope),
  ...given,
});

/**
 * Enters an event that has happened already, at once: it waits for nothing, has no input mappings and no start
 * listeners, as in Zeebe. What it brought are local variables, which go further when it is left.
 */
export function enterTriggered(
  run: Run,
  event: ExecutableElement,
  scope: InstanceRow,
  variables: JsonObject,
  flowRef: number | null = null,
): void {
  // that it has happened is known by the variables, which are elsewhere
  const row = newElementInstance(run, event, scope, { flowRef, data: { event: {}, ...inheritedData(scope) } });
  run.emit('element.changed', scope, { children: scope.children + 1 });
  run.emit('element.activating', row);
  setLocalVariables(run.state, row, variables);
  run.emit('element.activated', row, { phase: phase.active });
  run.complete(row);
}
