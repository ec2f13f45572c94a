import { timerProblem } from '../processing/timers.ts';
import type { ElementSpec, ElementType, ListenerSpec, ProcessSpec } from './element-spec.ts';
import { validateAttributes } from './validate-attributes.ts';
import { validateAdHoc } from './validate-ad-hoc.ts';
import { validateCompensation } from './validate-compensation.ts';
import { validateEvent, type Complain } from './validate-events.ts';
import { validateConditional, validateConditionalStarts } from './validate-conditional.ts';
import { validateExpressions } from './validate-expressions.ts';
import { validateGateway, validateScope } from './validate-flow.ts';
import { validateLinks } from './validate-links.ts';

/** Why a model can't be deployed, in the words of Zeebe's validators. */
export interface Problem {
  elementId: string;
  message: string;
}

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

/** All that Zeebe would refuse when the process is deployed, and what this engine can't run. */
export function validateProcess(spec: ProcessSpec): Problem[] {
  const problems: Problem[] = [];
  const complain: Complain = ({ id }, message) => problems.push({ elementId: id, message });
  for (const element of spec.elements) {
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
  const missing = (name: string) => complain(element, `Attribute '${name}' must be present and not empty`);
  if ((type === 'SERVICE_TASK' || type === 'SEND_TASK') && !job) {
    complain(element, "Must have exactly one 'zeebe:taskDefinition' extension element");
  }
  if (type === 'BUSINESS_RULE_TASK' && !job === !decision) {
    complain(element, 'Must have either one zeebe:calledDecision or one zeebe:taskDefinition extension element');
  }
  if (type === 'SCRIPT_TASK' && !job === !script) {
    complain(element, 'Must have either one zeebe:script or one zeebe:taskDefinition extension element');
  }
  if (type === 'CALL_ACTIVITY') {
    if (!called) complain(element, "Must have exactly one 'zeebe:calledElement' extension element");
    else if (called.processId === '') missing('processId');
  }
  if (job?.type === '') missing('type');
  if (job?.retries === '') missing('retries');
  if (decision?.decisionId === '') missing('decisionId');
  if (decision?.resultVariable === '') missing('resultVariable');
  if (script?.expression === '') missing('expression');
  if (script?.resultVariable === '') missing('resultVariable');
  if (job && (type === 'MANUAL_TASK' || type === 'TASK')) complain(element, 'Must not have a task definition');
  const { formId, externalReference } = element.userTask ?? {};
  if (formId && externalReference) {
    complain(element, "Exactly one of the attributes 'formId, externalReference' must be present and not blank");
  }
}

function validateMessage(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  if (element.event?.kind !== 'message') return;
  const { message } = element.event;
  if (!message) {
    complain(element, 'Must reference a message');
    return;
  }
  if (message.name === '') complain(element, 'Name must be present and not empty');
  const startsProcess = element.type === 'START_EVENT' && spec.elements[element.parent!]!.type === 'PROCESS';
  if (startsProcess) return;
  if (message.correlationKey === null) complain(element, 'Must have exactly one zeebe:subscription extension element');
  if (message.correlationKey === '') complain(element, "Attribute 'correlationKey' must be present and not empty");
}

function validateLoop(element: ElementSpec, complain: Complain): void {
  const { loop } = element;
  if (!loop) return;
  if (!activities.has(element.type)) complain(element, 'Only activities can be executed several times');
  if (loop.inputCollection === '') complain(element, "Attribute 'inputCollection' must be present and not empty");
  if ((loop.outputCollection ?? '') !== '' && (loop.outputElement ?? '') === '') {
    complain(element, "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
  }
  if ((loop.outputElement ?? '') !== '' && (loop.outputCollection ?? '') === '') {
    complain(element, "Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
  }
}

const taskEvents = new Set<ListenerSpec['event']>(['CREATING', 'ASSIGNING', 'UPDATING', 'COMPLETING', 'CANCELING']);

function validateListeners(element: ElementSpec, complain: Complain): void {
  const check = (listener: ListenerSpec, known: boolean) => {
    if (!known) complain(element, `Event type '${listener.event.toLowerCase()}' is not supported`);
    if (listener.type === '') complain(element, "Attribute 'type' must be present and not empty");
    if (listener.retries === '') complain(element, "Attribute 'retries' must be present and not empty");
  };
  for (const listener of element.taskListeners ?? []) check(listener, taskEvents.has(listener.event));
  for (const listener of element.executionListeners ?? []) {
    check(listener, listener.event === 'START' || listener.event === 'END');
  }
}
