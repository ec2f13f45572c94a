import { CommandRejection } from '../command-rejection.ts';
import { behaviorOf } from '../elements/behaviors.ts';
import type { JsonObject } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { phase, type ElementInstanceRow, type InstanceRow, type ProcessInstanceRow } from '../state/rows.ts';
import { openInnerInstance } from './ad-hoc.ts';
import { openSubscriptions, prepareSubscriptions } from './catch-events.ts';
import { newElementInstance } from './element-instances.ts';
import { isInterrupted } from './errors.ts';
import { Incident } from './incident.ts';
import type { Run } from './run.ts';
import { setLocalVariables } from './scope-variables.ts';

/** A flow scope on the way to an element; the inner instance of a multi-instance body is a scope of its own. */
interface Level {
  element: ExecutableElement;
  isBody: boolean;
}

/** Why an element can't be begun; whoever asked says it in the words of the command. */
export class ActivationProblem extends Error {
  readonly kind: 'several scopes' | 'multi-instance';
  readonly scopeId: string;

  constructor(kind: 'several scopes' | 'multi-instance', scopeId: string) {
    super(`${kind}: ${scopeId}`);
    this.name = 'ActivationProblem';
    this.kind = kind;
    this.scopeId = scopeId;
  }
}

/**
 * Begins elements anywhere in an instance: scopes around them that are there are used, others are opened without their
 * start event ever being passed. Which of several is meant says an ancestor (Zeebe's ElementActivationBehavior).
 */
export class ElementActivation {
  readonly #run: Run;
  readonly #instance: ProcessInstanceRow;
  readonly #rows: Map<number, ElementInstanceRow>;

  constructor(run: Run, instance: ProcessInstanceRow) {
    this.#run = run;
    this.#instance = instance;
    this.#rows = new Map(run.state.queries.activeElements(instance.key).map((row) => [row.key, row]));
  }

  /** What runs in the instance, the scopes that were opened here included. */
  get rows(): Iterable<ElementInstanceRow> {
    return this.#rows.values();
  }

  row(key: number): ElementInstanceRow | undefined {
    return this.#rows.get(key);
  }

  /**
   * @param variablesOf the variables that a scope of this element is given
   * @throws ActivationProblem
   * @throws CommandRejection when an event of a scope can't be waited for
   */
  activate(
    element: ExecutableElement,
    ancestorKey: number | undefined,
    variablesOf: (elementId: string) => JsonObject | undefined,
  ): void {
    const given = variablesOf(this.#run.element(this.#instance).id);
    if (given) setLocalVariables(this.#run.state, this.#instance, given);
    let scope: InstanceRow = this.#instance;
    this.#reopen(scope);
    for (const level of levelsOf(element)) {
      const found = this.#find(level, scope, ancestorKey);
      if (found) {
        const variables = variablesOf(level.element.id);
        if (variables) setLocalVariables(this.#run.state, found, variables);
        scope = found;
        this.#reopen(scope);
        continue;
      }
      if (level.element.loop) throw new ActivationProblem('multi-instance', level.element.id);
      scope = this.#open(level.element, scope, variablesOf(level.element.id));
    }
    this.#run.activate(element, scope, { locals: variablesOf(element.id) });
  }

  /** What is begun in a scope that an event sub-process has interrupted is no part of that: events reach it again. */
  #reopen(scope: InstanceRow): void {
    if (!isInterrupted(scope)) return;
    this.#run.emit('element.changed', scope, { data: { ...scope.data, interruptedBy: undefined } });
  }

  #find(level: Level, scope: InstanceRow, ancestorKey: number | undefined): ElementInstanceRow | undefined {
    const found = [...this.#rows.values()].filter(
      (row) =>
        row.scopeKey === scope.key &&
        row.elementRef === level.element.ref &&
        (row.isBody === 1) === level.isBody &&
        row.phase <= phase.active,
    );
    if (found.length === 0) return undefined;
    // what is inside of the chosen ancestor already is left alone: a new one is wanted
    if (found.some((row) => ancestorKey !== undefined && this.#isInside(row, ancestorKey))) return undefined;
    if (found.length === 1) return found[0];
    const chosen = found.find(({ key }) => key === ancestorKey);
    if (chosen) return chosen;
    const around = found.find(({ key }) => this.#isAround(key, ancestorKey));
    if (around) return around;
    throw new ActivationProblem('several scopes', level.element.id);
  }

  #isAround(key: number, ancestorKey: number | undefined): boolean {
    const ancestor = ancestorKey === undefined ? undefined : this.#rows.get(ancestorKey);
    return ancestor !== undefined && this.#isInside(ancestor, key);
  }

  #isInside(row: ElementInstanceRow, key: number): boolean {
    for (let at: ElementInstanceRow | undefined = row; at; at = this.#rows.get(at.scopeKey)) {
      if (at.scopeKey === key) return true;
    }
    return false;
  }

  #open(element: ExecutableElement, scope: InstanceRow, variables: JsonObject | undefined): ElementInstanceRow {
    const run = this.#run;
    if (element.type === 'AD_HOC_SUB_PROCESS_INNER_INSTANCE') {
      const inner = openInnerInstance(run, scope as ElementInstanceRow, element.parent!);
      this.#rows.set(inner.key, inner);
      if (variables) setLocalVariables(run.state, inner, variables);
      return inner;
    }
    const row = newElementInstance(run, element, scope, { phase: phase.active });
    run.emit('element.changed', scope, { children: scope.children + 1 });
    run.emit('element.activating', row);
    behaviorOf(row, element).prepare?.(run, row, element);
    this.#rows.set(row.key, row);
    if (variables) setLocalVariables(run.state, row, variables);
    try {
      openSubscriptions(run, row, prepareSubscriptions(run, row, element));
    } catch (error) {
      if (!(error instanceof Incident)) throw error;
      const reason = `Expected to subscribe to catch event(s) of '${element.id}' but ${error.message}`;
      throw new CommandRejection('INVALID_ARGUMENT', reason);
    }
    return row;
  }
}

/** The flow scopes around an element, from the outermost inwards, the process left out. */
function levelsOf(element: ExecutableElement): Level[] {
  const levels: Level[] = [];
  for (let scope = element.parent; scope && scope.type !== 'PROCESS'; scope = scope.parent) {
    levels.unshift({ element: scope, isBody: false });
    if (scope.loop) levels.unshift({ element: scope, isBody: true });
  }
  return levels;
}
