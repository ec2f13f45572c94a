import { CommandRejection } from '../../command-rejection.ts';
import type { EvaluateConditionalRequest, EvaluateConditionalResponse } from '../../commands.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { findDefinition } from '../draining.ts';
import { Expressions } from '../expressions.ts';
import { Incident } from '../incident.ts';
import { startProcessInstance } from '../process-instances.ts';
import type { Run } from '../run.ts';

/** Starts an instance for each start event whose condition holds with these variables. */
export function evaluateConditional(run: Run, request: EvaluateConditionalRequest): EvaluateConditionalResponse {
  const { processDefinitionKey: key, variables = {} } = request;
  const { queries, definitions } = run.state;
  if (key !== undefined && !findDefinition(run, key)) {
    const reason = `Expected to evaluate conditional with command key '-1' for process definition key '${key}', but no such process was found.`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  const waiting = key === undefined ? queries.startConditionals() : queries.startConditionalsOf(key);
  const expressions = new Expressions(run, undefined, 'EXTRACT_VALUE_ERROR', variables);
  const met = waiting
    .map(({ elementRef }) => definitions.element(elementRef))
    .filter((element) => isAsked(element, variables) && holds(expressions, element));
  const processInstances = met.map((element) => ({
    processDefinitionKey: element.process.key,
    processInstanceKey: startProcessInstance(run, element.process, { start: { element, variables } }).key,
  }));
  return { conditionalEvaluationKey: run.keys.next(), processInstances };
}

function isAsked({ event }: ExecutableElement, variables: object): boolean {
  const { variableNames } = event!.conditional!;
  return variableNames.length === 0 || variableNames.some((name) => Object.hasOwn(variables, name));
}

function holds(expressions: Expressions, { event }: ExecutableElement): boolean {
  try {
    return expressions.boolean(event!.conditional!.condition);
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    return false;
  }
}
