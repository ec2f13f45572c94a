import { compileExpression } from '../feel/feel.ts';
import type { ElementSpec, Expression } from './element-spec.ts';
import type { Complain } from './validate-events.ts';

type Found = Expression | null | undefined;

/** Expressions that can't be read, and plain text where only an expression makes sense. */
export function validateExpressions(element: ElementSpec, complain: Complain): void {
  for (const text of calculated(element)) {
    if (text && !text.startsWith('=')) {
      const hint = `An expression must start with '=' (e.g. '=${text}').`;
      complain(element, `Expected expression but found static value '${text}'. ${hint}`);
    }
  }
  for (const text of [...calculated(element), ...literalToo(element)]) {
    if (!text?.startsWith('=')) continue;
    const source = text.slice(1);
    try {
      compileExpression(source);
    } catch (error) {
      complain(element, `failed to parse expression '${source}': ${(error as Error).message}`);
    }
  }
}

function calculated({ outputs = [], condition, loop, event, script, adHoc }: ElementSpec): Found[] {
  return [
    condition,
    loop?.inputCollection,
    loop?.outputElement,
    loop?.completionCondition,
    event?.message?.correlationKey,
    event?.conditional?.condition,
    script?.expression,
    adHoc?.activeElementsCollection,
    adHoc?.completionCondition,
    adHoc?.outputElement,
    ...outputs.map(({ source }) => source),
  ];
}

/** A literal is as good as an expression here. */
function literalToo(element: ElementSpec): Found[] {
  const { job, event, userTask, called, decision, taskListeners = [], executionListeners = [] } = element;
  const mappings = [...(element.inputs ?? []), ...(element.outputs ?? [])];
  return [
    ...mappings.map(({ source }) => source),
    ...[...taskListeners, ...executionListeners].flatMap(({ type, retries }) => [type, retries]),
    job?.type,
    job?.retries,
    event?.timer?.expression,
    event?.message?.name,
    event?.errorCode,
    event?.signal?.name,
    event?.escalation?.code,
    called?.processId,
    decision?.decisionId,
    userTask?.assignee,
    userTask?.candidateGroups,
    userTask?.candidateUsers,
    userTask?.dueDate,
    userTask?.followUpDate,
    userTask?.priority,
    userTask?.formId,
    userTask?.externalReference,
  ];
}
