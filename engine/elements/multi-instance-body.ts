import type { JsonObject, JsonValue } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { Expressions } from '../processing/expressions.ts';
import type { Run } from '../processing/run.ts';
import { propagateVariables } from '../processing/scope-variables.ts';
import { terminateChildren } from '../processing/scopes.ts';
import type { ElementInstanceRow, InstanceData } from '../state/rows.ts';
import type { Behavior } from './behavior.ts';

/** Runs its element once for each item, all at once or one after the other, and gathers what they answer. */
export const multiInstanceBody: Behavior = {
  activate(run, row, element) {
    const loop = element.loop!;
    const items = new Expressions(run, row).list(loop.inputCollection);
    const data: InstanceData = {
      ...row.data,
      total: items.length,
      created: 0,
      completed: 0,
      terminated: 0,
      results: loop.outputCollection ? items.map(() => null) : undefined,
      items: loop.sequential ? items : undefined,
    };
    run.emit('element.changed', row, { data });
    if (items.length === 0) run.complete(row);
    else if (loop.sequential) startNext(run, row, element, items[0]!);
    else for (const item of items) startNext(run, row, element, item);
  },

  complete(run, row, element) {
    const { outputCollection } = element.loop!;
    if (!outputCollection) return;
    propagateVariables(run.state, run.state.scopeOf(row)!, { [outputCollection]: row.data!.results ?? [] });
  },

  childEnded(run, row, element, completed) {
    const data = row.data!;
    const loop = element.loop!;
    if (completed) data.completed!++;
    else data.terminated!++;
    if (completed && loop.outputElement && data.results) {
      data.results[completed.data!.loopCounter! - 1] = completed.data?.output ?? null;
    }
    run.emit('element.changed', row, { data });
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
    if (loop.sequential && data.created! < data.total!) startNext(run, row, element, data.items![data.created!]!);
    else if (row.children === 0) run.complete(row);
  },
};

function startNext(run: Run, row: ElementInstanceRow, element: ExecutableElement, item: JsonValue): void {
  const data = row.data!;
  data.created!++;
  run.emit('element.changed', row, { data });
  const { inputElement, outputElement } = element.loop!;
  const locals: JsonObject = { loopCounter: data.created! };
  if (inputElement) locals[inputElement] = item;
  // the variable that the output element names is made here, so that mappings fill it and not one further out
  const output = outputElement && /^=\s*([\p{L}_][\p{L}\p{N}_]*)/u.exec(outputElement)?.[1];
  if (output && !(output in locals)) locals[output] = null;
  run.activate(element, row, { loopCounter: data.created!, locals });
}

/** Read while the inner instance's variables are still there: its output and whether it ends the loop. */
export function concludeInner(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  const loop = element.loop!;
  const data: InstanceData = { ...row.data };
  if (loop.outputElement && loop.outputCollection) {
    data.output = new Expressions(run, row).value(loop.outputElement);
  }
  if (loop.completionCondition) data.endsLoop = holds(run, row, loop.completionCondition);
  run.emit('element.changed', row, { data });
}

function holds(run: Run, row: ElementInstanceRow, condition: string): boolean {
  const body = run.state.scopeOf(row)!;
  const { total, completed, terminated } = body.data!;
  return new Expressions(run, row, 'EXTRACT_VALUE_ERROR', {
    numberOfInstances: total!,
    numberOfCompletedInstances: completed! + 1,
    numberOfActiveInstances: body.children - 1,
    numberOfTerminatedInstances: terminated!,
  }).boolean(condition);
}
