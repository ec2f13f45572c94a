import type { ActivateAdHocElement } from '../operator-commands.ts';
import { CommandRejection } from '../command-rejection.ts';
import { resultTypeOf } from '../feel/result-type.ts';
import { rootVariable } from '../feel/root-variable.ts';
import type { FeelValue } from '../feel/value.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { isProcessInstance, phase, type ElementInstanceRow } from '../state/rows.ts';
import { newElementInstance } from './element-instances.ts';
import { Expressions, isFeel } from './expressions.ts';
import { Incident } from './incident.ts';
import { guarded, resolveIncidentsOf } from './incidents.ts';
import { cancelJob, createElementJob } from './jobs.ts';
import type { Run } from './run.ts';
import { setLocalVariables } from './scope-variables.ts';
import { terminateChildren } from './scopes.ts';

const maxActivations = 10_000;

/** Each activated element gets a scope of its own, with the variables that it is given. */
export function activateAdHocElement(
  run: Run,
  row: ElementInstanceRow,
  element: ExecutableElement,
  { elementId, variables }: ActivateAdHocElement,
): void {
  const inner = openInnerInstance(run, row, element);
  const { outputElement } = element.adHoc!;
  const output = outputElement && isFeel(outputElement) ? rootVariable(outputElement.slice(1)) : null;
  // the variable that the output element names is made here, so that a result fills it and not one further out
  if (output) setLocalVariables(run.state, inner, { [output]: null });
  if (variables) setLocalVariables(run.state, inner, variables);
  run.activate(activityOf(element, elementId)!, inner);
}

/** What runs is ended first where that is wanted. */
export function activateAdHocElements(
  run: Run,
  row: ElementInstanceRow,
  element: ExecutableElement,
  elements: ActivateAdHocElement[],
  cancelsRemaining: boolean,
): void {
  if (cancelsRemaining) terminateChildren(run, row);
  for (const instruction of elements) activateAdHocElement(run, row, element, instruction);
}

export function openInnerInstance(run: Run, row: ElementInstanceRow, element: ExecutableElement): ElementInstanceRow {
  const inner = newElementInstance(run, element.innerInstance!, row, { phase: phase.active });
  run.emit('element.changed', row, { children: row.children + 1 });
  run.emit('element.activating', inner);
  return inner;
}

const activityOf = ({ adHocActivities }: ExecutableElement, elementId: string) =>
  adHocActivities.find(({ id }) => id === elementId);

/** Why elements can't be activated, undefined when they can. */
export function notActivatable(
  row: ElementInstanceRow,
  element: ExecutableElement,
  elementIds: string[],
): string | undefined {
  const missing = elementIds.filter((id) => !activityOf(element, id));
  if (missing.length === 0 && elementIds.length <= maxActivations) return undefined;
  const what = `Expected to activate activities for ad-hoc sub-process with key '${row.key}', but`;
  if (missing.length === 0) return `${what} more than ${maxActivations} were given.`;
  return `${what} the given elements [${missing.join(', ')}] do not exist.`;
}

/** Begins what the model says, or asks a worker what to begin. */
export function beginAdHoc(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  if (element.job) {
    createElementJob(run, row, element, 'AD_HOC_SUB_PROCESS');
    return;
  }
  const { activeElementsCollection } = element.adHoc!;
  if (activeElementsCollection === null) return;
  const ids = activeElements(run, row, activeElementsCollection);
  const problem = notActivatable(row, element, ids);
  if (problem) throw new Incident('EXTRACT_VALUE_ERROR', problem);
  for (const elementId of ids) activateAdHocElement(run, row, element, { elementId });
}

function activeElements(run: Run, row: ElementInstanceRow, expression: string): string[] {
  try {
    const expressions = new Expressions(run, row);
    const ids = expressions.strings(expression);
    // what is no list at all: say so
    return ids ?? (expressions.list(expression) as string[]);
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    throw new Incident('EXTRACT_VALUE_ERROR', `Failed to activate ad-hoc elements. ${error.message}`);
  }
}

/**
 * An inner instance or an event sub-process is about to complete: its output is gathered, then the completion condition
 * is asked.
 */
export function propagateOutput(run: Run, inner: ElementInstanceRow): void {
  const row = run.state.scopeOf(inner) as ElementInstanceRow;
  const element = run.element(row);
  const { outputCollection, outputElement } = element.adHoc!;
  let gathered: JsonObject | undefined;
  if (outputCollection !== null && outputElement !== null) {
    const value = new Expressions(run, inner).value(outputElement);
    gathered = { [outputCollection]: [...collection(run, row, outputCollection), value] };
  }
  const endsLoop = conditionHolds(run, row, element, gathered);
  if (gathered) setLocalVariables(run.state, row, gathered);
  if (endsLoop) run.emit('element.changed', inner, { data: { ...inner.data, endsLoop } });
}

function collection(run: Run, row: ElementInstanceRow, name: string): JsonValue[] {
  const value = run.state.variables.get(row.processInstanceKey, row.key, name) ?? null;
  if (Array.isArray(value)) return value;
  const kind = value === null ? 'NIL' : resultTypeOf(value as FeelValue);
  throw new Incident(
    'EXTRACT_VALUE_ERROR',
    `The output collection has the wrong type. Expected ARRAY but was ${kind}.`,
  );
}

function conditionHolds(
  run: Run,
  row: ElementInstanceRow,
  { adHoc, job }: ExecutableElement,
  overlay?: JsonObject,
): boolean {
  const { completionCondition } = adHoc!;
  if (job || completionCondition === null) return false;
  try {
    return new Expressions(run, row, 'EXTRACT_VALUE_ERROR', overlay).boolean(completionCondition);
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    throw new Incident(error.type, `Failed to evaluate completion condition. ${error.message}`);
  }
}

/** What an ad-hoc sub-process does when an inner instance or an event sub-process of it has ended. */
export function adHocChildEnded(
  run: Run,
  row: ElementInstanceRow,
  element: ExecutableElement,
  completed?: ElementInstanceRow,
): void {
  if (!completed || row.data?.conditionMet) {
    if (row.children === 0) run.complete(row);
  } else if (element.job) renewJob(run, row, element);
  else if (element.adHoc!.completionCondition === null) {
    if (row.children === 0) run.complete(row);
  } else if (completed.data?.endsLoop) meetCondition(run, row, element);
}

/** Where what remains may finish, the condition is asked again at the end of each: it may no longer hold. */
function meetCondition(run: Run, row: ElementInstanceRow, { adHoc }: ExecutableElement): void {
  const { cancelRemainingInstances } = adHoc!;
  if (cancelRemainingInstances || row.children === 0) fulfil(run, row, cancelRemainingInstances);
}

function askCondition(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  guarded(run, row, () => {
    if (conditionHolds(run, row, element)) meetCondition(run, row, element);
  });
}

/** The worker decides anew; there is only one job at a time. */
function renewJob(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  cancelJob(run, row);
  resolveIncidentsOf(run, row);
  run.emit('element.changed', row, { jobKey: null });
  guarded(run, row, () => createElementJob(run, row, element, 'AD_HOC_SUB_PROCESS'));
}

/** An incident of an active ad-hoc sub-process was resolved: what failed is done again. */
export function retryAdHoc(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  if (element.job && row.jobKey === null) renewJob(run, row, element);
  else askCondition(run, row, element);
}

/** Nothing more is asked for: the sub-process completes with what still runs, or without it. */
export function fulfil(run: Run, row: ElementInstanceRow, cancelRemainingInstances: boolean): void {
  run.emit('element.changed', row, { data: { ...row.data, conditionMet: true } });
  if (row.children === 0) run.complete(row);
  else if (cancelRemainingInstances) terminateChildren(run, row);
}

/** @throws CommandRejection unless it is an ad-hoc sub-process in which something may begin */
export function activeAdHoc(run: Run, key: number): ElementInstanceRow {
  const row = run.state.instance(key);
  const what = 'Expected to activate activities for ad-hoc sub-process';
  if (!row || isProcessInstance(row) || !run.element(row).adHoc || row.phase >= phase.completed || row.isBody === 1) {
    const reason = `${what} but no ad-hoc sub-process instance found with key '${key}'.`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (row.phase === phase.active && !row.data?.interrupt) return row;
  throw new CommandRejection('INVALID_STATE', `${what} with key '${key}', but it is not active.`);
}
