import { rootVariable } from '../feel/root-variable.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { messagePackType } from '../message-pack-type.ts';
import type { LoopSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { openTimer } from '../processing/catch-events.ts';
import { Expressions, isFeel } from '../processing/expressions.ts';
import { Incident } from '../processing/incident.ts';
import { acceptsChildren, type Run } from '../processing/run.ts';
import { propagateVariables } from '../processing/scope-variables.ts';
import { terminateChildren } from '../processing/scopes.ts';
import type { ElementInstanceRow, InstanceData, InstanceRow } from '../state/rows.ts';
import { VariableTooLarge } from '../state/variables.ts';
import type { Behavior } from './behavior.ts';

/** Runs its element once for each item, all at once or one after the other, and gathers what they answer. */
export const multiInstanceBody: Behavior = {
  activate(run, row, element) {
    const loop = element.loop!;
    const items = new Expressions(run, row).list(loop.inputCollection);
    const now = loop.sequential ? 1 : run.settings.maxLoopInstancesPerCommand;
    const data: InstanceData = { ...row.data, total: items.length, created: 0, completed: 0, terminated: 0 };
    if (loop.outputCollection) data.gathers = loop.outputCollection;
    run.emit('element.changed', row, { data });
    if (loop.outputCollection) show(run, row);
    if (items.length > now) run.state.loopItems.put(row.key, now + 1, items.slice(now));
    if (items.length === 0) run.complete(row);
    for (const item of items.slice(0, now)) startNext(run, row, element, item);
    if (!loop.sequential) continueLater(run, row, element);
  },

  complete(run, row, element) {
    const { outputCollection } = element.loop!;
    const { loopItems } = run.state;
    const { total, sharesOutputs } = row.data!;
    if (outputCollection) {
      const outputs = sharesOutputs ? shared(run, row, outputCollection) : loopItems.outputs(row.key, total!);
      propagateVariables(run.state, run.state.scopeOf(row)!, { [outputCollection]: outputs });
    }
    if (outputCollection || total! > 1) loopItems.forget(row.key);
  },

  terminate(run, row) {
    run.state.loopItems.forget(row.key);
  },

  childEnded(run, row, element, completed) {
    const data = row.data!;
    if (completed) data.completed!++;
    else data.terminated!++;
    run.emit('element.changed', row, { data });
    if (completed) keepOutput(run, row, element, completed);
    if (data.conditionMet) {
      if (row.children === 0) run.complete(row);
      return;
    }
    if (completed?.data?.endsLoop) {
      run.emit('element.changed', row, { data: { ...data, conditionMet: true } });
      if (row.children === 0) run.complete(row);
      else terminateChildren(run, row);
      return;
    }
    const more = data.created! < data.total!;
    if (more && element.loop!.sequential) startFollowing(run, row, element);
    else if (!more && row.children === 0) run.complete(row);
  },
};

function keepOutput(run: Run, row: ElementInstanceRow, { loop }: ExecutableElement, inner: ElementInstanceRow): void {
  if (!loop!.outputElement || !loop!.outputCollection || row.data!.sharesOutputs) return;
  const { output, ...data } = inner.data!;
  run.state.loopItems.answer(row.key, data.loopCounter!, output ?? null);
  run.emit('element.changed', inner, { data });
  const { total, completed } = row.data!;
  if (total! <= shownEachTime || completed! % Math.ceil(total! / timesShown) === 0) show(run, row);
}

/**
 * The collection is a variable of the body from its beginning, as in Zeebe. Expressions and workers are always given
 * what is gathered (ScopeVariables); a long list that was written anew for each answer would cost its length squared.
 */
const shownEachTime = 100;
const timesShown = 20;

function show(run: Run, row: ElementInstanceRow): void {
  const { gathers, total } = row.data!;
  if (gathers === undefined) return;
  try {
    const outputs = run.state.loopItems.outputs(row.key, total!);
    run.state.variables.setAll(row.processInstanceKey, row.key, { [gathers]: outputs });
  } catch (error) {
    // the loop's end says so, where it is an incident of the body
    if (!(error instanceof VariableTooLarge)) throw error;
  }
}

/** Instances that one command does not make are made by the next ones: others get their turn in between. */
function continueLater(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  const { created, total } = row.data!;
  if (created! < total!) openTimer(run, row, element, { dueAt: run.now, repetitions: 0 });
}

/** Goes on making instances of a parallel body. */
export function continueLoop(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  if (!acceptsChildren(run, row) || row.data?.conditionMet) return;
  const left = row.data!.total! - row.data!.created!;
  for (let more = Math.min(left, run.settings.maxLoopInstancesPerCommand); more > 0; more--) {
    startFollowing(run, row, element);
  }
  continueLater(run, row, element);
}

function startFollowing(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  startNext(run, row, element, run.state.loopItems.item(row.key, row.data!.created! + 1));
}

function startNext(run: Run, row: ElementInstanceRow, element: ExecutableElement, item: JsonValue): void {
  const data = row.data!;
  data.created!++;
  run.emit('element.changed', row, { data });
  const { inputElement, outputElement } = element.loop!;
  const locals: JsonObject = { loopCounter: data.created! };
  if (inputElement) locals[inputElement] = item;
  // the variable that the output element names is made here, so that mappings fill it and not one further out
  const output = outputElement && isFeel(outputElement) ? rootVariable(outputElement.slice(1)) : null;
  if (output && !(output in locals)) locals[output] = null;
  run.activate(element, row, { loopCounter: data.created!, locals });
}

/** Read while the inner instance's variables are still there: its output and whether it ends the loop. */
export function concludeInner(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  const loop = element.loop!;
  const data: InstanceData = { ...row.data };
  if (loop.outputElement && loop.outputCollection) {
    const output = new Expressions(run, row).value(loop.outputElement);
    const body = run.state.scopeOf(row)!;
    if (body.data!.sharesOutputs) answerShared(run, body, loop.outputCollection, data.loopCounter!, output);
    else data.output = output;
  }
  if (loop.completionCondition) data.endsLoop = holds(run, row, loop, data);
  run.emit('element.changed', row, { data });
}

const shared = (run: Run, { processInstanceKey, key }: InstanceRow, collection: string): JsonValue =>
  run.state.variables.get(processInstanceKey, key, collection) ?? null;

/** The collection is no longer the loop's own: what others have made of it may have no place for the answer. */
function answerShared(run: Run, body: InstanceRow, collection: string, position: number, output: JsonValue): void {
  const outputs = shared(run, body, collection);
  const unable = (what: string): never => {
    throw new Incident(
      'EXTRACT_VALUE_ERROR',
      `Unable to update an item in output collection '${collection}' ${what}. ` +
        'This may happen when multiple BPMN elements write to the same variable.',
    );
  };
  if (!Array.isArray(outputs))
    return unable(`because the type of the output collection is: ${messagePackType(outputs)}`);
  if (position > outputs.length)
    unable(`at position ${position} because the size of the collection is: ${outputs.length}`);
  run.state.variables.setAll(body.processInstanceKey, body.key, { [collection]: outputs.with(position - 1, output) });
}

function holds(run: Run, row: ElementInstanceRow, loop: LoopSpec, inner: InstanceData): boolean {
  const body = run.state.scopeOf(row)!;
  const { total, created, completed, terminated } = body.data!;
  const seen: JsonObject = {
    // those that were made so far: of a sequential loop not all from the beginning
    numberOfInstances: created!,
    numberOfCompletedInstances: completed! + 1,
    numberOfActiveInstances: body.children - 1,
    numberOfTerminatedInstances: terminated!,
  };
  const { outputCollection, completionCondition } = loop;
  // what was gathered so far is read only where the condition asks for it
  if (outputCollection && !body.data!.sharesOutputs && completionCondition!.includes(outputCollection)) {
    const outputs = run.state.loopItems.outputs(body.key, total!);
    outputs[inner.loopCounter! - 1] = inner.output ?? null;
    seen[outputCollection] = outputs;
  }
  return new Expressions(run, row, 'EXTRACT_VALUE_ERROR', seen).boolean(completionCondition!);
}
