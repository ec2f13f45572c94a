import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { ActivateInstruction, InstanceSelector, ModifyProcessInstanceRequest } from '../../operator-commands.ts';
import type { JsonObject } from '../../json.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { phase, type ElementInstanceRow, type InstanceRow, type ProcessInstanceRow } from '../../state/rows.ts';
import { behaviorOf } from '../../elements/behaviors.ts';
import { openInnerInstance } from '../ad-hoc.ts';
import { openSubscriptions, prepareSubscriptions } from '../catch-events.ts';
import { Incident } from '../incident.ts';
import { inheritedData, type Run } from '../run.ts';
import { setLocalVariables } from '../scope-variables.ts';

/** Puts tokens where a person wants them and takes others away. */
export function modifyProcessInstance(run: Run, request: ModifyProcessInstanceRequest): Empty {
  const { processInstanceKey: key } = request;
  const instance = run.state.processInstance(key);
  if (!instance || instance.phase !== phase.active) {
    const reason = `Expected to modify process instance but no process instance found with key '${key}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  const modification = new Modification(run, instance);
  for (const instruction of request.activateInstructions ?? []) modification.activate(instruction);
  const ending: ElementInstanceRow[] = [];
  for (const { source, ...instruction } of request.moveInstructions ?? []) {
    for (const row of modification.select(source)) {
      modification.activate(instruction, row);
      ending.push(row);
    }
  }
  for (const selector of request.terminateInstructions ?? []) ending.push(...modification.select(selector));
  modification.terminate(ending);
  return {};
}

export class Modification {
  readonly #run: Run;
  readonly #instance: ProcessInstanceRow;
  /** What ran before the modification. */
  readonly #rows: ElementInstanceRow[];

  constructor(run: Run, instance: ProcessInstanceRow) {
    this.#run = run;
    this.#instance = instance;
    this.#rows = run.state.queries.activeElements(instance.key);
  }

  select(selector: InstanceSelector): ElementInstanceRow[] {
    const found = this.#rows.filter((row) =>
      'elementId' in selector
        ? this.#run.element(row).id === selector.elementId && row.data?.loopCounter === undefined
        : row.key === selector.elementInstanceKey,
    );
    if (found.length > 0) return found;
    const what = 'elementId' in selector ? selector.elementId : selector.elementInstanceKey;
    throw this.#refuse(`terminate instructions with an element instance that could not be found: '${what}'`);
  }

  /** @param near the instance that the token is moved away from: it stays in its scope */
  activate(instruction: ActivateInstruction, near?: ElementInstanceRow): void {
    const element = this.#run.element(this.#instance).process.byId.get(instruction.elementId);
    if (!element) {
      throw this.#refuse(`activate instructions with an element that could not be found: '${instruction.elementId}'`);
    }
    if (!element.parent || ['START_EVENT', 'BOUNDARY_EVENT', 'SEQUENCE_FLOW'].includes(element.type)) {
      throw this.#refuse(
        `activate instructions for elements that are unsupported: '${element.id}'. The activation of elements with type '${element.type}' is not supported`,
      );
    }
    const locals = this.#setVariables(instruction, element);
    this.#run.activate(element, this.#scopeFor(element, element.parent, instruction, near), { locals });
  }

  /** Ends the instances, and the scopes in which nothing is left: those are not completed. */
  terminate(ending: ElementInstanceRow[]): void {
    const gone = new Set<InstanceRow>(ending);
    for (const row of gone) {
      const scope = this.#run.state.scopeOf(row);
      if (!scope) continue;
      const children = this.#run.state.queries.activeChildren(scope.key);
      const left = scope.children - children.filter((child) => gone.has(child)).length;
      if (left === 0) gone.add(scope);
    }
    for (const row of gone) {
      const scope = this.#run.state.scopeOf(row);
      if (!scope || !gone.has(scope)) this.#run.terminate(row);
    }
  }

  #scopeFor(
    element: ExecutableElement,
    scopeElement: ExecutableElement,
    instruction: ActivateInstruction,
    near: ElementInstanceRow | undefined,
  ): InstanceRow {
    if (scopeElement.type === 'PROCESS') return this.#instance;
    if (scopeElement.type === 'AD_HOC_SUB_PROCESS_INNER_INSTANCE' && !near) {
      // each activated element gets an inner instance of its own
      const adHoc = this.#scopeFor(element, scopeElement.parent!, instruction, near) as ElementInstanceRow;
      const inner = openInnerInstance(this.#run, adHoc, scopeElement.parent!);
      this.#rows.push(inner);
      return inner;
    }
    const around = near && this.#around(near);
    const { ancestorElementInstanceKey: ancestor } = instruction;
    const candidates = this.#rows.filter(
      (row) =>
        row.elementRef === scopeElement.ref &&
        row.isBody === 0 &&
        row.phase === phase.active &&
        (!around || around.has(row.key)),
    );
    const chosen = ancestor === undefined ? candidates : candidates.filter(({ key }) => key === ancestor);
    if (chosen.length === 1) return chosen[0]!;
    if (chosen.length > 1) {
      throw this.#refuse(
        `activate instructions for an element that has a flow scope with more than one active instance: '${scopeElement.id}'. ` +
          "Can't decide in which instance of the flow scope the element should be activated. " +
          'Please specify an ancestor element instance key for this activate instruction.',
      );
    }
    if (scopeElement.loop) {
      throw this.#refuse(`activate instructions for elements inside of a multi-instance body: '${element.id}'`);
    }
    return this.#openScope(scopeElement, this.#scopeFor(element, scopeElement.parent!, instruction, near));
  }

  #around(row: ElementInstanceRow): Set<number> {
    const keys = new Set<number>();
    for (let scope = this.#run.state.scopeOf(row); scope; scope = this.#run.state.scopeOf(scope)) keys.add(scope.key);
    return keys;
  }

  /** A scope that is there without its start event ever having been passed. */
  #openScope(element: ExecutableElement, scope: InstanceRow): ElementInstanceRow {
    const run = this.#run;
    const row: ElementInstanceRow = {
      key: run.keys.next(),
      processInstanceKey: this.#instance.key,
      scopeKey: scope.key,
      elementRef: element.ref,
      flowRef: null,
      isBody: 0,
      state: 'ACTIVE',
      phase: phase.active,
      children: 0,
      startedAt: run.now,
      endedAt: null,
      jobKey: null,
      data: inheritedData(scope),
    };
    run.emit('element.changed', scope, { children: scope.children + 1 });
    run.emit('element.activating', row);
    behaviorOf(row, element).prepare?.(run, row, element);
    this.#rows.push(row);
    try {
      openSubscriptions(run, row, prepareSubscriptions(run, row, element));
    } catch (error) {
      if (!(error instanceof Incident)) throw error;
      throw this.#refuse(`activate instructions whose flow scope '${element.id}' can't be entered: ${error.message}`);
    }
    return row;
  }

  /** @returns those for the element itself */
  #setVariables(
    { variableInstructions = [] }: ActivateInstruction,
    element: ExecutableElement,
  ): JsonObject | undefined {
    let locals: JsonObject | undefined;
    for (const { variables, scopeId } of variableInstructions) {
      if (scopeId === element.id) {
        locals = { ...locals, ...variables };
        continue;
      }
      const scope = this.#scopeOfVariables(scopeId);
      setLocalVariables(this.#run.state, scope, variables);
    }
    return locals;
  }

  #scopeOfVariables(scopeId: string | undefined): InstanceRow {
    const root = this.#run.element(this.#instance).process.root;
    if (scopeId === undefined || scopeId === root.id) return this.#instance;
    const scope = this.#rows.find((row) => this.#run.element(row).id === scopeId);
    if (scope) return scope;
    throw this.#refuse(
      `variable instructions with a scope element that doesn't belong to the activating element's flow scope: '${scopeId}'`,
    );
  }

  #refuse(reason: string): CommandRejection {
    const { id } = this.#run.element(this.#instance);
    const text = `Expected to modify instance of process '${id}' but it contains one or more ${reason}`;
    return new CommandRejection('INVALID_ARGUMENT', text);
  }
}
