import type { ElementSpec } from './element-spec.ts';
import { extension, extensionsOf, type Moddle } from './moddle.ts';
import { bindings } from './validate-attributes.ts';

type Say = (node: Moddle, message: string) => void;

/** What Zeebe demands of a node that its reading has let go: what is written twice, beside each other or without need. */
export function validateNode(node: Moddle, element: ElementSpec, say: Say): void {
  if (!node.id) say(node, 'Link id must be present and not empty.');
  exactlyOne(node, say);
  onlyOne(node, say);
  const definition = node.eventDefinitions?.[0];
  if (definition) validateDefinition(node, definition, say);
  if (element.type === 'SEND_TASK' && node.messageRef) named(node.messageRef, say);
  for (const type of ['CalledElement', 'CalledDecision', 'FormDefinition']) {
    const bound = extension(node, `zeebe:${type}`);
    if (bound) validateBinding(bound, say);
  }
  const form = extension(node, 'zeebe:FormDefinition');
  if (form) validateForm(form, extension(node, 'zeebe:UserTask') !== undefined, say);
  if (element.type === 'SEQUENCE_FLOW' && element.executionListeners) {
    say(extension(node, 'zeebe:ExecutionListeners')!, noListeners);
  }
  const listeners = extension(node, 'zeebe:TaskListeners');
  if (listeners?.listeners?.length && !extension(node, 'zeebe:UserTask')) {
    say(listeners, 'Task listeners are only allowed on Camunda user tasks.');
  }
}

const noListeners =
  "Execution listeners are not supported for the 'sequenceFlow' element. Currently, only [process, subProcess, " +
  'callActivity, adHocSubProcess, task, sendTask, serviceTask, scriptTask, userTask, receiveTask, businessRuleTask, ' +
  'manualTask, startEvent, intermediateThrowEvent, intermediateCatchEvent, boundaryEvent, endEvent, ' +
  'exclusiveGateway, inclusiveGateway, parallelGateway, eventBasedGateway] elements can have execution listeners.';

/** Of these one is needed, and a second one would say something else. */
function exactlyOne(node: Moddle, say: Say): void {
  const choices = needed[throwsMessage(node) ? 'message' : node.$type];
  if (!choices) return;
  const count = choices.reduce((sum, type) => sum + extensionsOf(node, `zeebe:${type}`).length, 0);
  if (count === 1) return;
  const names = choices.map(nameOf);
  if (node.$type === 'bpmn:SendTask' || throwsMessage(node)) names.unshift("'zeebe:publishMessage'");
  const [first, second] = names;
  say(
    node,
    second
      ? `Must have either one ${first} or one ${second} extension element`
      : `Must have exactly one ${first} extension element`,
  );
}

const throwsMessage = ({ $type, eventDefinitions }: Moddle): boolean =>
  ($type === 'bpmn:EndEvent' || $type === 'bpmn:IntermediateThrowEvent') &&
  eventDefinitions?.[0]?.$type === 'bpmn:MessageEventDefinition';

const needed: Record<string, string[]> = {
  'bpmn:ServiceTask': ['TaskDefinition'],
  'bpmn:SendTask': ['TaskDefinition'],
  message: ['TaskDefinition'],
  'bpmn:CallActivity': ['CalledElement'],
  'bpmn:BusinessRuleTask': ['CalledDecision', 'TaskDefinition'],
  'bpmn:ScriptTask': ['Script', 'TaskDefinition'],
};

const nameOf = (type: string): string => `'zeebe:${type.charAt(0).toLowerCase()}${type.slice(1)}'`;

function onlyOne(node: Moddle, say: Say): void {
  for (const type of [...(single[node.$type] ?? []), 'IoMapping', 'ExecutionListeners']) {
    if (extensionsOf(node, `zeebe:${type}`).length < 2) continue;
    const advice = 'Please check process definition XML and retain only one extension element.';
    say(node, `Must have exactly one ${nameOf(type)} extension element when exists. ${advice}`);
  }
}

const userTask = ['UserTask', 'AssignmentDefinition', 'FormDefinition', 'TaskHeaders', 'TaskSchedule'];
const single: Record<string, string[]> = {
  'bpmn:Process': ['VersionTag'],
  'bpmn:ServiceTask': ['TaskHeaders', 'LinkedResources'],
  'bpmn:SendTask': ['TaskHeaders', 'LinkedResources'],
  'bpmn:UserTask': [...userTask, 'PriorityDefinition', 'TaskListeners'],
  'bpmn:BusinessRuleTask': ['TaskDefinition', 'TaskHeaders', 'CalledDecision'],
  'bpmn:ScriptTask': ['Script', 'TaskDefinition', 'TaskHeaders'],
  'bpmn:AdHocSubProcess': ['AdHoc'],
  'bpmn:EndEvent': ['TaskDefinition'],
  'bpmn:IntermediateThrowEvent': ['TaskDefinition'],
};

function validateDefinition(node: Moddle, definition: Moddle, say: Say): void {
  if (definition.$type === 'bpmn:TimerEventDefinition') {
    const given = ['timeDuration', 'timeDate', 'timeCycle'].filter((name) => definition[name]);
    if (given.length !== 1) say(definition, 'Must be exactly one type of timer: timeDuration, timeDate or timeCycle');
  }
  if (definition.$type === 'bpmn:ErrorEventDefinition' && node.$type === 'bpmn:EndEvent') {
    if (!definition.errorRef) say(definition, 'Must reference an error');
    else if (!definition.errorRef.errorCode) say(definition, 'ErrorCode must be present and not empty');
  }
  if (throwsMessage(node) && definition.messageRef) named(definition.messageRef, say);
}

function named(message: Moddle, say: Say): void {
  if (!message.name) say(message, 'Name must be present and not empty');
}

function validateBinding(bound: Moddle, say: Say): void {
  const { bindingType, versionTag } = bound;
  if (!bindings.includes(bindingType)) say(bound, `Attribute 'bindingType' must be one of: ${bindings.join(', ')}`);
  if (bindingType === 'versionTag' && isBlank(versionTag)) {
    say(bound, "Attribute 'versionTag' must be present and not empty if 'bindingType' is 'versionTag'");
  } else if (bindingType !== 'versionTag' && !isBlank(versionTag)) {
    say(bound, "Attribute 'versionTag' may only be used if 'bindingType' is 'versionTag'");
  }
}

/** A task of Camunda's own names its form by id or by a reference, a job worker's or a start event by id or key. */
function validateForm(form: Moddle, isCamundaTask: boolean, say: Say): void {
  const other = isCamundaTask ? 'externalReference' : 'formKey';
  if (isBlank(form.formId) !== isBlank(form[other])) return;
  const where = isCamundaTask ? ' for native user tasks' : '';
  say(form, `Exactly one of the attributes 'formId, ${other}' must be present and not blank${where}`);
}

const isBlank = (text: unknown): boolean => typeof text !== 'string' || text.trim() === '';
