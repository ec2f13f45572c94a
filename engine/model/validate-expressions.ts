import { compileExpression } from '../feel/feel.ts';
import {
  definitionPart,
  extensionPart,
  inPart,
  itemPart,
  loopPart,
  propertyPart,
  referredPart,
  type Complain,
  type Part,
} from './complaint.ts';
import type { ElementSpec, Expression } from './element-spec.ts';

type Found = [text: Expression | null | undefined, part: Part];

/** Expressions that can't be read, and plain text where only an expression makes sense. */
export function validateExpressions(element: ElementSpec, complain: Complain): void {
  for (const [text, part] of calculated(element)) {
    if (text === null || text === undefined || text.startsWith('=')) continue;
    // an attribute that is empty counts as missing, the text of an element does not
    if (text === '' && element.condition !== '') continue;
    const hint = `An expression must start with '=' (e.g. '=${text}').`;
    complain(element, `Expected expression but found static value '${text}'. ${hint}`, part);
  }
  for (const [text, part] of [...calculated(element), ...literalToo(element)]) {
    if (!text?.startsWith('=')) continue;
    try {
      compileExpression(text.slice(1));
    } catch (error) {
      complain(element, (error as Error).message, part);
    }
  }
}

const message = referredPart('messageRef');
const parameter = (kind: 'input' | 'output', index: number) => itemPart('zeebe:IoMapping', `${kind}Parameters`, index);

function calculated({ outputs = [], condition, loop, event, script, adHoc }: ElementSpec): Found[] {
  const adHocPart = extensionPart('zeebe:AdHoc');
  return [
    [condition, propertyPart('conditionExpression')],
    [loop?.inputCollection, loopPart],
    [loop?.outputElement, loopPart],
    [event?.message?.correlationKey, inPart(message, extensionPart('zeebe:Subscription'))],
    [event?.conditional?.condition, inPart(definitionPart, propertyPart('condition'))],
    [script?.expression, extensionPart('zeebe:Script')],
    [adHoc?.activeElementsCollection, adHocPart],
    [adHoc?.completionCondition, (node) => node],
    [adHoc?.outputElement, adHocPart],
    ...outputs.map(({ source }, index): Found => [source, parameter('output', index)]),
  ];
}

/** A literal is as good as an expression here. */
function literalToo(element: ElementSpec): Found[] {
  const { job, event, called, decision, loop, inputs = [], taskListeners = [], executionListeners = [] } = element;
  return [
    ...inputs.map(({ source }, index): Found => [source, parameter('input', index)]),
    ...taskListeners.flatMap(({ type, retries }, index): Found[] => {
      const part = itemPart('zeebe:TaskListeners', 'listeners', index);
      return [
        [type, part],
        [retries, part],
      ];
    }),
    ...executionListeners.flatMap(({ type, retries }, index): Found[] => {
      const part = itemPart('zeebe:ExecutionListeners', 'listeners', index);
      return [
        [type, part],
        [retries, part],
      ];
    }),
    [loop?.completionCondition, propertyPart('loopCharacteristics')],
    [job?.type, extensionPart('zeebe:TaskDefinition')],
    [job?.retries, extensionPart('zeebe:TaskDefinition')],
    [event?.timer?.expression, definitionPart],
    [event?.message?.name, message],
    [event?.errorCode, definitionPart],
    [event?.signal?.name, referredPart('signalRef')],
    [event?.escalation?.code, referredPart('escalationRef')],
    [called?.processId, extensionPart('zeebe:CalledElement')],
    [decision?.decisionId, extensionPart('zeebe:CalledDecision')],
    ...ofUserTask(element),
  ];
}

function ofUserTask({ userTask }: ElementSpec): Found[] {
  const assignment = extensionPart('zeebe:AssignmentDefinition');
  const schedule = extensionPart('zeebe:TaskSchedule');
  const form = extensionPart('zeebe:FormDefinition');
  return [
    [userTask?.assignee, assignment],
    [userTask?.candidateGroups, assignment],
    [userTask?.candidateUsers, assignment],
    [userTask?.dueDate, schedule],
    [userTask?.followUpDate, schedule],
    [userTask?.priority, extensionPart('zeebe:PriorityDefinition')],
    [userTask?.formId, form],
    [userTask?.externalReference, form],
  ];
}
