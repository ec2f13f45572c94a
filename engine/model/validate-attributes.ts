import { instantOf } from '../processing/user-task-dates.ts';
import type { ElementSpec, ListenerSpec, UserTaskSpec } from './element-spec.ts';
import { extensionPart, itemPart, type Complain } from './complaint.ts';

const pathPattern = /^[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*$/;
const reservedWords = 'null true false function if then else for between instance of'.split(' ');
export const bindings = ['deployment', 'latest', 'versionTag'];

/** What Zeebe's validators demand of the text of extension elements. */
export function validateAttributes(element: ElementSpec, complain: Complain): void {
  for (const kind of ['input', 'output'] as const) {
    (element[`${kind}s`] ?? []).forEach(({ source, target }, index) => {
      const part = itemPart('zeebe:IoMapping', `${kind}Parameters`, index);
      const refuse = (message: string) => complain(element, message, part);
      if (kind === 'output' && source === '') refuse('Expected expression but not found.');
      validateTarget(target, refuse);
    });
  }
  validateListenerTypes(element, complain);
  if (element.userTask) validateUserTask(element, element.userTask, complain);
  (element.job?.linkedResources ?? []).forEach(({ resourceId, resourceType, binding }, index) => {
    const part = itemPart('zeebe:LinkedResources', 'values', index);
    const refuse = (message: string) => complain(element, message, part);
    if (resourceId === '') refuse("Attribute 'resourceId' must be present and not empty");
    if (resourceType === '') refuse("Attribute 'resourceType' must be present and not empty");
    if (!bindings.includes(binding)) refuse(`Attribute 'bindingType' must be one of: ${bindings.join(', ')}`);
  });
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

function validateListenerTypes(element: ElementSpec, complain: Complain): void {
  const { type, executionListeners = [] } = element;
  if (type.endsWith('_GATEWAY') && executionListeners.some(({ event }) => event === 'END')) {
    complain(element, "Execution listeners of type 'end' are not supported by gateway element");
  }
  const groups = new Map<string, ListenerSpec[]>();
  for (const listener of executionListeners) {
    const name = `${listener.event}|${listener.type}`;
    groups.set(name, [...(groups.get(name) ?? []), listener]);
  }
  for (const [first, ...more] of groups.values()) {
    if (more.length === 0) continue;
    const what = `eventType[${first!.event.toLowerCase()}] and type[${first!.type || 'null'}]`;
    const message = `Found '${more.length + 1}' duplicates based on ${what}, these combinations should be unique.`;
    complain(element, message, extensionPart('zeebe:ExecutionListeners'));
  }
}

function validateUserTask(element: ElementSpec, userTask: UserTaskSpec, complain: Complain): void {
  const { dueDate, followUpDate, candidateGroups, candidateUsers, priority } = userTask;
  const check = (texts: (string | null)[], isGood: (text: string) => boolean, what: string, of: string) => {
    for (const text of texts) {
      if (!text || text.startsWith('=') || isGood(text)) continue;
      complain(element, `Expected static value to ${what}, but found '${text}'.`, extensionPart(`zeebe:${of}`));
    }
  };
  const date = "be a valid DateTime String, e.g. '2023-03-02T15:35+02:00'";
  check([dueDate, followUpDate], (text) => instantOf(text) !== null, date, 'TaskSchedule');
  const list = "be a list of comma-separated values, e.g. 'a,b,c'";
  check([candidateGroups, candidateUsers], isList, list, 'AssignmentDefinition');
  check([priority], isWhole, 'be a valid Number between 0 and 100', 'PriorityDefinition');
  if (priority && isWhole(priority) && (Number(priority) < 0 || Number(priority) > 100)) {
    const message = `Priority must be a number between 0 and 100, but was '${priority}'`;
    complain(element, message, extensionPart('zeebe:PriorityDefinition'));
  }
}

const isWhole = (text: string): boolean => /^-?\d+$/.test(text.trim());

const isList = (text: string): boolean => text.split(',').every((part) => part.trim() !== '');
