import type { JsonObject } from '../json.ts';
import type { Expression } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { ElementInstanceRow, InstanceRow } from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { inputExpression, outputExpression } from './mapping-expression.ts';
import type { Run } from './run.ts';
import { localVariables, propagateVariables, setLocalVariables } from './scope-variables.ts';

/** Input mappings make local variables of the element (docs: "Data flow > Input mappings"). */
export function applyInputMappings(run: Run, instance: InstanceRow, element: ExecutableElement): void {
  if (!element.inputs) return;
  setLocalVariables(run.state, instance, evaluated(run, instance, inputExpression(element.inputs)));
}

/**
 * Output mappings take what they name into the scope around; without any, the element's result is propagated whole
 * (docs: "Data flow > Output mappings"). `result` are the variables of a job, an event, a script or a decision.
 */
export function applyOutputMappings(
  run: Run,
  instance: ElementInstanceRow,
  element: ExecutableElement,
  result: JsonObject | undefined,
): void {
  if (!element.outputs) {
    const values = result && Object.keys(result).length > 0 ? result : undefined;
    if (values) propagateVariables(run.state, instance, values);
    else if (handsOn(element)) {
      propagateVariables(run.state, run.state.scopeOf(instance)!, localVariables(run.state, instance));
    }
    return;
  }
  if (result) setLocalVariables(run.state, instance, result);
  const values = evaluated(run, instance, outputExpression(element.outputs));
  // an inner instance of a multi-instance body writes to its own scope first: its output element lives there
  const target = instance.data?.loopCounter ? instance : run.state.scopeOf(instance)!;
  propagateVariables(run.state, target, values);
}

/**
 * Events that are entered when they have happened: what they brought are their local variables. Those of an error at a
 * boundary go further by output mappings only (docs: "Error events > Variable mappings").
 */
const handsOn = ({ type, event, incoming }: ExecutableElement): boolean =>
  type === 'START_EVENT' ||
  (type === 'BOUNDARY_EVENT' && event!.kind !== 'error') ||
  (type === 'INTERMEDIATE_CATCH_EVENT' && incoming.some(({ source }) => source!.type === 'EVENT_BASED_GATEWAY'));

const evaluated = (run: Run, instance: InstanceRow, expression: Expression): JsonObject =>
  new Expressions(run, instance, 'IO_MAPPING_ERROR').value(expression) as JsonObject;
