import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { JsonObject } from '../../json.ts';
import type {
  ActivateInstruction,
  InstanceSelector,
  ModifyProcessInstanceRequest,
  MoveInstruction,
} from '../../operator-commands.ts';
import { phase, type ElementInstanceRow, type InstanceRow, type ProcessInstanceRow } from '../../state/rows.ts';
import { ActivationProblem, ElementActivation } from '../element-activation.ts';
import type { Run } from '../run.ts';
import { checkModification, refusal } from './modification-checks.ts';

/** Puts tokens where a person wants them and takes others away. */
export function modifyProcessInstance(run: Run, request: ModifyProcessInstanceRequest): Empty {
  const { processInstanceKey: key } = request;
  const instance = run.state.processInstance(key);
  if (!instance || instance.phase !== phase.active) {
    const reason = `Expected to modify process instance but no process instance found with key '${key}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  new Modification(run, instance).run(request);
  return {};
}

class Modification {
  readonly #run: Run;
  readonly #instance: ProcessInstanceRow;
  readonly #activation: ElementActivation;
  readonly #activations: ActivateInstruction[] = [];
  readonly #ending: InstanceRow[] = [];
  /** Moves out of a multi-instance: by its body and the scope that they go to. */
  readonly #movedOut = new Map<MoveInstruction, Set<string>>();

  constructor(run: Run, instance: ProcessInstanceRow) {
    this.#run = run;
    this.#instance = instance;
    this.#activation = new ElementActivation(run, instance);
  }

  run(request: ModifyProcessInstanceRequest): void {
    const { activateInstructions = [], moveInstructions = [], terminateInstructions = [] } = request;
    const process = this.#run.element(this.#instance).process;
    this.#refuseDoubleMoves(moveInstructions);
    this.#activations.push(...activateInstructions);
    for (const move of moveInstructions) {
      if ('elementInstanceKey' in move.source) this.#move(move, this.#sourceOf(move.source.elementInstanceKey));
    }
    const byId = moveInstructions.filter(({ source }) => 'elementId' in source);
    this.#select(byId, terminateInstructions);
    const ending = new Map(this.#ending.map((row) => [row.key, row]));
    checkModification(this.#run, process, this.#instance, this.#activations, ending);
    for (const instruction of this.#activations) this.#activate(instruction);
    this.#terminate();
  }

  #refuseDoubleMoves(moves: MoveInstruction[]): void {
    const ids = moves.map(({ source }) => ('elementId' in source ? source.elementId : ''));
    const double = new Set(ids.filter((id, index) => id !== '' && ids.indexOf(id) !== index));
    if (double.size === 0) return;
    const list = [...double].join("', '");
    throw this.#refuse(`contains multiple move instructions with identical source element ids: '${list}'`);
  }

  #sourceOf(key: number): ElementInstanceRow {
    const row = this.#activation.row(key);
    if (row) return row;
    const found = this.#run.state.instance(key);
    const what =
      found && found.phase < phase.completed
        ? 'with a source element instance that does not belong to the modified process instance'
        : 'with a source element instance that could not be found';
    throw this.#refuse(`contains one or more move instructions ${what}: '${key}'`);
  }

  /** Goes through all that runs from the outside in: what is inside of something that ends is not looked at. */
  #select(moves: MoveInstruction[], terminate: InstanceSelector[]): void {
    const movesById = new Map(moves.map((move) => [(move.source as { elementId: string }).elementId, move]));
    const ids = new Set<string>();
    const keys = new Set<number>();
    const unknown: number[] = [];
    for (const selector of terminate) {
      if ('elementId' in selector) {
        ids.add(selector.elementId);
        continue;
      }
      const key = selector.elementInstanceKey;
      keys.add(key);
      const row = key === this.#instance.key ? this.#instance : this.#activation.row(key);
      if (row) this.#ending.push(row);
      else unknown.push(key);
    }
    if (unknown.length > 0) {
      const list = unknown.join("', '");
      throw this.#refuse(
        `contains one or more terminate instructions with an element instance that could not be found: '${list}'`,
      );
    }
    const children = new Map<number, ElementInstanceRow[]>();
    for (const row of this.#activation.rows) children.set(row.scopeKey, [...(children.get(row.scopeKey) ?? []), row]);
    const queue = [...(children.get(this.#instance.key) ?? [])];
    for (const row of queue) {
      const { id } = this.#run.element(row);
      const move = movesById.get(id);
      if (move) this.#move(move, row);
      else if (ids.has(id)) this.#ending.push(row);
      if (!move && !ids.has(id) && !keys.has(row.key)) queue.push(...(children.get(row.key) ?? []));
    }
  }

  #move(move: MoveInstruction, source: ElementInstanceRow): void {
    const ancestor =
      move.scope === 'sourceParent'
        ? source.scopeKey
        : move.scope === 'inferred'
          ? this.#inferredScope(source, move.elementId)
          : move.ancestorElementInstanceKey;
    this.#ending.push(source);
    if ('elementId' in move.source && this.#hasMovedOut(move, source, ancestor)) return;
    this.#activations.push({ ...move, ancestorElementInstanceKey: ancestor });
  }

  /** What an element id moves out of one multi-instance to the same scope becomes one token there. */
  #hasMovedOut(move: MoveInstruction, source: ElementInstanceRow, ancestor: number | undefined): boolean {
    let body: ElementInstanceRow | undefined = source;
    while (body && body.isBody !== 1) body = this.#activation.row(body.scopeKey);
    if (!body) return false;
    const moved = this.#movedOut.get(move) ?? new Set();
    this.#movedOut.set(move, moved);
    const way = `${body.key} ${ancestor ?? ''}`;
    if (moved.has(way)) return true;
    moved.add(way);
    return false;
  }

  /** The nearest instance around the source that is a flow scope of the target. */
  #inferredScope(source: ElementInstanceRow, targetId: string): number | undefined {
    const target = this.#run.element(this.#instance).process.byId.get(targetId);
    const scopeIds = new Set<string>();
    for (let scope = target?.parent; scope; scope = scope.parent) scopeIds.add(scope.id);
    for (let at = this.#run.state.scopeOf(source); at; at = this.#run.state.scopeOf(at)) {
      if (scopeIds.has(this.#run.element(at).id)) return at.key;
    }
    return undefined;
  }

  #activate({ elementId, ancestorElementInstanceKey, variableInstructions = [] }: ActivateInstruction): void {
    const { process } = this.#run.element(this.#instance);
    const variablesOf = (scopeId: string) => {
      const fitting = variableInstructions.filter((given) => (given.scopeId ?? process.root.id) === scopeId);
      if (fitting.length === 0) return undefined;
      return Object.assign({}, ...fitting.map(({ variables }) => variables)) as JsonObject;
    };
    try {
      this.#activation.activate(process.byId.get(elementId)!, ancestorElementInstanceKey, variablesOf);
    } catch (error) {
      if (!(error instanceof ActivationProblem)) throw error;
      throw this.#refuse(
        error.kind === 'multi-instance'
          ? `contains one or more activate instructions that would result in the activation of multi-instance element '${error.scopeId}', which is currently unsupported.`
          : `contains one or more activate instructions for an element that has a flow scope with more than one active instance: '${error.scopeId}'. Can't decide in which instance of the flow scope the element should be activated. Please specify an ancestor element instance key for this activate instruction.`,
      );
    }
  }

  /** Ends the instances, and the scopes in which nothing is left: those are not completed. */
  #terminate(): void {
    const gone = new Set<InstanceRow>(this.#ending);
    for (const row of gone) {
      const scope = this.#run.state.scopeOf(row);
      if (!scope) continue;
      const children = this.#run.state.queries.activeChildren(scope.processInstanceKey, scope.key);
      const left = scope.children - children.filter((child) => gone.has(child)).length;
      if (left === 0) gone.add(scope);
    }
    if (gone.has(this.#instance) && this.#instance.parentKey !== null) {
      throw refusal(
        this.#run.element(this.#instance).process,
        'the given instructions would terminate the instance. The instance was created by a call activity in the parent process. To terminate this instance please modify the parent process instead.',
      );
    }
    for (const row of gone) {
      const scope = this.#run.state.scopeOf(row);
      if (!scope || !gone.has(scope)) this.#run.terminate(row, 'unheard');
    }
  }

  #refuse(reason: string): CommandRejection {
    return refusal(this.#run.element(this.#instance).process, `it ${reason}`);
  }
}
