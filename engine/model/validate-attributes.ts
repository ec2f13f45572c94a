import { instantOf } from '../processing/user-task-dates.ts';
import type { ElementSpec, ListenerSpec } from './element-spec.ts';
import type { Complain } from './validate-events.ts';

const pathPattern = /^[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*$/;
const reservedWords = 'null true false function if then else for between instance of'.split(' ');
const bindings = ['deployment', 'latest', 'versionTag'];

/** What Zeebe's validators demand of the text of extension elements. */
export function validateAttributes(element: ElementSpec, complain: Complain): void {
  const refuse = (message: string) => complain(element, message);
  for (const { target } of [...(element.inputs ?? []), ...(element.outputs ?? [])]) validateTarget(target, refuse);
  for (const { source } of element.outputs ?? []) {
    if (source === '') refuse('Expected expression but not found.');
  }
  validateListenerTypes(element, refuse);
  const { called, decision, userTask } = element;
  for (const binding of [called?.binding, decision?.binding, userTask?.formBinding]) {
    if (binding !== undefined && !bindings.includes(binding)) {
      refuse(`Attribute 'bindingType' must be one of: ${bindings.join(', ')}`);
    }
  }
  if (userTask) validateUserTask(userTask, refuse);
  for (const { resourceId, resourceType, binding } of element.job?.linkedResources ?? []) {
    if (resourceId === '') refuse("Attribute 'resourceId' must be present and not empty");
    if (resourceType === '') refuse("Attribute 'resourceType' must be present and not empty");
    if (!bindings.includes(binding)) refuse(`Attribute 'bindingType' must be one of: ${bindings.join(', ')}`);
  }
}

type Refuse = (message: string) => void;

function validateTarget(target: string, refuse: Refuse): void {
  if (target === '') refuse('Expected path expression but not found.');
  else if (!pathPattern.test(target)) {
    const pattern = pathPattern.source.slice(1, -1);
    refuse(`Expected path expression '${target}' but doesn't match the pattern '${pattern}'.`);
  } else if (reservedWords.includes(target)) {
    refuse(`Expected path expression '${target}' but is one of the reserved words (${reservedWords.join(', ')}).`);
  }
}

function validateListenerTypes({ type, executionListeners = [] }: ElementSpec, refuse: Refuse): void {
  if (type.endsWith('_GATEWAY') && executionListeners.some(({ event }) => event === 'END')) {
    refuse("Execution listeners of type 'end' are not supported by gateway element");
  }
  const groups = new Map<string, ListenerSpec[]>();
  for (const listener of executionListeners) {
    const name = `${listener.event}|${listener.type}`;
    groups.set(name, [...(groups.get(name) ?? []), listener]);
  }
  for (const [first, ...more] of groups.values()) {
    if (more.length === 0) continue;
    const what = `eventType[${first!.event.toLowerCase()}] and type[${first!.type}]`;
    refuse(`Found '${more.length + 1}' duplicates based on ${what}, these combinations should be unique.`);
  }
}

function validateUserTask(
  { dueDate, followUpDate, priority }: NonNullable<ElementSpec['userTask']>,
  refuse: Refuse,
): void {
  for (const date of [dueDate, followUpDate]) {
    if (!date || date.startsWith('=') || instantOf(date) !== null) continue;
    refuse(`Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${date}'.`);
  }
  if (!priority || priority.startsWith('=')) return;
  if (!/^-?\d+$/.test(priority.trim())) {
    refuse(`Expected static value to be a valid Number between 0 and 100, but found '${priority}'.`);
  } else if (Number(priority) < 0 || Number(priority) > 100) {
    refuse(`Priority must be a number between 0 and 100, but was '${priority}'`);
  }
}
