import type { ElementSpec, ElementType, ProcessSpec } from './element-spec.ts';
import { definitionPart, type Complain } from './complaint.ts';

const tasks = new Set<ElementType>([
  'SERVICE_TASK',
  'USER_TASK',
  'SEND_TASK',
  'SCRIPT_TASK',
  'MANUAL_TASK',
  'TASK',
  'BUSINESS_RULE_TASK',
  'RECEIVE_TASK',
]);

/** What throws a compensation and what does it. */
export function validateCompensation(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  if (element.forCompensation && tasks.has(element.type)) validateHandler(element, complain);
  if (element.event?.kind !== 'compensation' || element.compensates === undefined) return;
  const activity = spec.elements[element.compensates]!;
  const what = `The referenced compensation activity '${activity.id}' must`;
  const events = (activity.boundaryEvents ?? []).map((place) => spec.elements[place]!);
  const isSubProcess = activity.type.endsWith('SUB_PROCESS') && activity.type !== 'EVENT_SUB_PROCESS';
  if (!isSubProcess && !events.some(({ event }) => event?.kind === 'compensation')) {
    complain(element, `${what} have either a compensation boundary event or be a subprocess`, definitionPart);
  }
  const scope = spec.elements[element.parent!]!;
  const inScope = activity.parent === element.parent;
  // from an event sub-process what is around it can be undone too
  if (!inScope && !(scope.type === 'EVENT_SUB_PROCESS' && activity.parent === scope.parent)) {
    complain(element, `${what} be in the same scope as the compensation throw event`, definitionPart);
  }
}

function validateHandler(element: ElementSpec, complain: Complain): void {
  const { type, incoming, outgoing, boundaryEvents } = element;
  if (type === 'BUSINESS_RULE_TASK' || type === 'RECEIVE_TASK') {
    complain(
      element,
      'Compensation task must be one of: service task, user task, send task, script task, manual task, or undefined task.',
    );
  }
  const without = 'A compensation handler should have no';
  if (incoming) complain(element, `${without} incoming sequence flows`);
  if (outgoing) complain(element, `${without} outgoing sequence flows`);
  if (boundaryEvents) complain(element, `${without} boundary events`);
}
