import { timerProblem } from '../processing/timers.ts';
import type { ElementSpec, ElementType, ListenerSpec, ProcessSpec } from './element-spec.ts';
import { validateAttributes } from './validate-attributes.ts';
import { validateAdHoc } from './validate-ad-hoc.ts';
import { validateCompensation } from './validate-compensation.ts';
import {
  definitionPart,
  extensionPart,
  identifierOf,
  inPart,
  itemPart,
  loopPart,
  referredPart,
  type Complain,
  type Part,
  type Problem,
} from './complaint.ts';
import type { Moddle } from './moddle.ts';
import { validateEvent } from './validate-events.ts';
import { validateNode } from './validate-node.ts';
import { validateConditional, validateConditionalStarts } from './validate-conditional.ts';
import { validateExpressions } from './validate-expressions.ts';
import { validateGateway, validateScope } from './validate-flow.ts';
import { validateLinks } from './validate-links.ts';

const activities = new Set<ElementType>([
  'SUB_PROCESS',
  'AD_HOC_SUB_PROCESS',
  'SERVICE_TASK',
  'RECEIVE_TASK',
  'USER_TASK',
  'MANUAL_TASK',
  'TASK',
  'CALL_ACTIVITY',
  'BUSINESS_RULE_TASK',
  'SCRIPT_TASK',
  'SEND_TASK',
]);

/**
 * All that Zeebe would refuse when the process is deployed, and what this engine can't run.
 * @param nodes what the elements were read from; an inner instance of an ad-hoc sub-process has none
 */
export function validateProcess(spec: ProcessSpec, nodes: ReadonlyMap<ElementSpec, Moddle>): Problem[] {
  const problems: Problem[] = [];
  const say = (node: Moddle, message: string) => problems.push({ elementId: identifierOf(node), message });
  const complain: Complain = (element, message, part) => {
    const node = nodes.get(element)!;
    say(part?.(node) ?? node, message);
  };
  for (const element of spec.elements) {
    const node = nodes.get(element);
    if (node) validateNode(node, element, say);
    validateScope(spec, element, complain);
    validateEvent(spec, element, complain);
    validateCompensation(spec, element, complain);
    validateGateway(spec, element, complain);
    validateTask(element, complain);
    if (element.adHoc) validateAdHoc(spec, element, element.adHoc, complain);
    validateMessage(spec, element, complain);
    validateConditional(element, complain);
    if (element.type === 'PROCESS') validateConditionalStarts(spec, element, complain);
    validateLoop(element, complain);
    validateListeners(element, complain);
    validateAttributes(element, complain);
    validateExpressions(element, complain);
    const timer = element.event?.timer && timerProblem(element.event.timer, startsProcess(spec, element));
    if (timer) complain(element, timer);
    if (element.attachedTo !== undefined && !activities.has(spec.elements[element.attachedTo]!.type)) {
      complain(element, 'Must be attached to an activity');
    }
  }
  validateLinks(spec, complain);
  return problems;
}

const startsProcess = (spec: ProcessSpec, { type, parent }: ElementSpec) =>
  type === 'START_EVENT' && spec.elements[parent!]!.type === 'PROCESS';

function validateTask(element: ElementSpec, complain: Complain): void {
  const { type, job, decision, script, called } = element;
  const missing = (name: string, of: string) =>
    complain(element, `Attribute '${name}' must be present and not empty`, extensionPart(`zeebe:${of}`));
  const required = (value: string | undefined, name: string, of: string) => {
    if (value !== '') return;
    missing(name, of);
    complain(element, 'Expected expression but not found.', extensionPart(`zeebe:${of}`));
  };
  required(called?.processId, 'processId', 'CalledElement');
  required(job?.type, 'type', 'TaskDefinition');
  required(decision?.decisionId, 'decisionId', 'CalledDecision');
  if (decision?.resultVariable === '') missing('resultVariable', 'CalledDecision');
  required(script?.expression, 'expression', 'Script');
  if (script?.resultVariable === '') missing('resultVariable', 'Script');
  if (job && (type === 'MANUAL_TASK' || type === 'TASK')) complain(element, 'Must not have a task definition');
}

function validateMessage(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  if (element.event?.kind !== 'message') return;
  const { message } = element.event;
  const boundaryEvents = (element.boundaryEvents ?? []).map((place) => spec.elements[place]!);
  if (message?.name && boundaryEvents.some(({ event }) => event?.message?.name === message.name)) {
    complain(element, 'Cannot reference the same message name as a boundary event');
  }
  if (!message) {
    complain(element, 'Must reference a message', definitionPart);
    return;
  }
  const written = referredPart('messageRef');
  if (message.name === '') complain(element, 'Name must be present and not empty', written);
  const startsProcess = element.type === 'START_EVENT' && spec.elements[element.parent!]!.type === 'PROCESS';
  if (startsProcess) return;
  if (message.correlationKey === null) {
    complain(element, 'Must have exactly one zeebe:subscription extension element', written);
  }
  if (message.correlationKey !== '') return;
  const subscription = inPart(written, extensionPart('zeebe:Subscription'));
  complain(element, "Attribute 'correlationKey' must be present and not empty", subscription);
  complain(element, 'Expected expression but not found.', subscription);
}

function validateLoop(element: ElementSpec, complain: Complain): void {
  const { loop } = element;
  if (!loop) return;
  if (!activities.has(element.type)) complain(element, 'Only activities can be executed several times');
  const refuse = (message: string) => complain(element, message, loopPart);
  if (loop.inputCollection === '') {
    refuse("Attribute 'inputCollection' must be present and not empty");
    refuse('Expected expression but not found.');
  }
  if (loop.outputCollection && !loop.outputElement) {
    refuse("Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
  }
  if (loop.outputElement && !loop.outputCollection) {
    refuse("Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
  }
}

const taskEvents = new Set<ListenerSpec['event']>(['CREATING', 'ASSIGNING', 'UPDATING', 'COMPLETING', 'CANCELING']);

function validateListeners(element: ElementSpec, complain: Complain): void {
  const check = (listener: ListenerSpec, known: boolean, part: Part) => {
    const { event, type } = listener;
    if ((event as string) === '') complain(element, "Attribute 'eventType' must be present and not empty", part);
    else if (!known) complain(element, `Event type '${event.toLowerCase()}' is not supported`, part);
    if (type === '') complain(element, "Attribute 'type' must be present and not empty", part);
  };
  (element.taskListeners ?? []).forEach((listener, index) =>
    check(listener, taskEvents.has(listener.event), itemPart('zeebe:TaskListeners', 'listeners', index)),
  );
  (element.executionListeners ?? []).forEach((listener, index) => {
    const known = listener.event === 'START' || listener.event === 'END';
    check(listener, known, itemPart('zeebe:ExecutionListeners', 'listeners', index));
  });
}
