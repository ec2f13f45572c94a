import type { ExecutableElement } from '../model/executable-process.ts';
import type { ConditionalRow, InstanceRow } from '../state/rows.ts';
import type { VariableChange } from '../state/variables.ts';
import { Expressions } from './expressions.ts';
import { Incident } from './incident.ts';
import type { Run } from './run.ts';
import { scopeChain } from './scope-variables.ts';

/** Waits for a condition of an element instance; one that holds already triggers as soon as the element is there. */
export function openConditional(run: Run, row: InstanceRow, element: ExecutableElement): void {
  // what has changed before is not for this one
  askConditions(run);
  const subscription: ConditionalRow = {
    key: run.keys.next(),
    processDefinitionKey: element.process.key,
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
    elementRef: element.ref,
  };
  run.emit('conditional.opened', subscription);
  if (holds(run, row, element)) run.conditionMet(subscription.key);
}

export function closeConditionals(run: Run, row: InstanceRow, closes: (elementRef: number) => boolean): void {
  for (const subscription of run.state.queries.conditionalsOf(row.processInstanceKey)) {
    if (subscription.elementInstanceKey !== row.key) continue;
    if (closes(subscription.elementRef)) run.emit('conditional.closed', subscription);
  }
}

/** A condition that can't be evaluated does not hold: it is asked again when a variable changes. */
function holds(run: Run, row: InstanceRow, element: ExecutableElement): boolean {
  try {
    return new Expressions(run, row).boolean(element.event!.conditional!.condition);
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    return false;
  }
}

/**
 * Looks at the variables that a step has changed: conditions that see one of them are asked, those of outer scopes
 * first, and none twice. An interrupting one ends the asking in its scope.
 */
export function askConditions(run: Run): void {
  const changes = run.state.variables.takeChanges();
  if (changes.length === 0) return;
  const byInstance = new Map<number, VariableChange[]>();
  for (const change of changes) {
    const known = byInstance.get(change.processInstanceKey);
    if (known) known.push(change);
    else byInstance.set(change.processInstanceKey, [change]);
  }
  for (const [key, changed] of byInstance) {
    const instance = run.state.processInstance(key);
    if (instance && run.element(instance).process.watchesVariables) askConditionsOf(run, instance, changed);
  }
}

function askConditionsOf(run: Run, instance: InstanceRow, changes: VariableChange[]): void {
  const interrupted = new Set<number>();
  for (const { subscription, row, chain } of outerFirst(run, instance)) {
    if (chain.some((scope) => interrupted.has(scope))) continue;
    const element = run.state.definitions.element(subscription.elementRef);
    if (!changes.some((change) => chain.includes(change.scopeKey) && concerns(change, element))) continue;
    if (!holds(run, row, element)) continue;
    run.conditionMet(subscription.key);
    if (element.interrupting !== false) interrupted.add(row.key);
  }
}

function outerFirst(run: Run, instance: InstanceRow) {
  const { state } = run;
  return state.queries
    .conditionalsOf(instance.key)
    .map((subscription) => {
      const row = state.instance(subscription.elementInstanceKey!, instance.key)!;
      return { subscription, row, chain: scopeChain(state, row).map(({ key }) => key) };
    })
    .sort((a, b) => a.chain.length - b.chain.length || a.subscription.key - b.subscription.key);
}

function concerns({ name, made }: VariableChange, { event }: ExecutableElement): boolean {
  const { variableNames, variableEvents } = event!.conditional!;
  return (
    (variableNames.length === 0 || variableNames.includes(name)) &&
    (variableEvents.length === 0 || variableEvents.includes(made ? 'create' : 'update'))
  );
}
