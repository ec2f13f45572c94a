import type { ExecutableElement } from '../model/executable-process.ts';
import { Expressions } from '../processing/expressions.ts';
import { Incident } from '../processing/incident.ts';
import type { Run } from '../processing/run.ts';
import type { ElementInstanceRow } from '../state/rows.ts';
import type { Behavior } from './behavior.ts';

/** Takes the first flow whose condition holds, else the default flow. */
export const exclusiveGateway: Behavior = {
  activate(run, row, element) {
    run.chosenFlows.set(row.key, chooseFlows(run, row, element, 1));
    run.complete(row);
  },
  flows: (run, row, element) => run.chosenFlows.get(row.key) ?? chooseFlows(run, row, element, 1),
};

/** The flows whose condition holds, at most so many, or the default flow. */
export function chooseFlows(
  run: Run,
  row: ElementInstanceRow,
  { outgoing, defaultFlow }: ExecutableElement,
  atMost: number,
): ExecutableElement[] {
  if (outgoing.length === 0 || (outgoing.length === 1 && !outgoing[0]!.condition)) return outgoing;
  const conditions = new Expressions(run, row);
  const chosen: ExecutableElement[] = [];
  for (const flow of outgoing) {
    if (chosen.length === atMost) break;
    if (flow !== defaultFlow && flow.condition && conditions.boolean(flow.condition)) chosen.push(flow);
  }
  if (chosen.length > 0) return chosen;
  if (defaultFlow) return [defaultFlow];
  throw new Incident(
    'CONDITION_ERROR',
    'Expected at least one condition to evaluate to true, or to have a default flow',
  );
}
