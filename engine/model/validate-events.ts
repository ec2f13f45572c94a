import { compileExpression, evaluateToJson } from '../feel/feel.ts';
import type { ResultType } from '../feel/result-type.ts';
import { definitionPart, referredPart, type Complain, type Part } from './complaint.ts';
import type { ElementSpec, EventSpec, ProcessSpec } from './element-spec.ts';

export function validateEvent(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  const { type, event, incoming = [], outgoing = [] } = element;
  if (!event) return;
  const refuse: Refuse = (message, part) => complain(element, message, part);
  if (type === 'START_EVENT' && incoming.length > 0) refuse('Must not have incoming sequence flows');
  if (type === 'END_EVENT' && outgoing.length > 0) {
    refuse('End events must not have outgoing sequence flows to other elements.');
  }
  if (type === 'INTERMEDIATE_CATCH_EVENT' && (event.kind === 'none' || event.kind === 'job')) {
    refuse('Must have exactly one event definition');
  }
  if (type === 'BOUNDARY_EVENT') validateBoundary(spec, element, event, refuse);
  if (type === 'END_EVENT' || type === 'INTERMEDIATE_THROW_EVENT') validateThrow(event, refuse);
  else validateCatch(spec, element, event, refuse);
  if (event.kind === 'signal') {
    if (!event.signal) refuse('Must reference a signal', definitionPart);
    else if (event.signal.name === '') refuse('Name must be present and not empty', referredPart('signalRef'));
  }
  if (event.kind === 'link' && event.link === '') refuse('Link name must be present and not empty.', definitionPart);
  if (event.kind === 'timer') validateTimer(element, event, refuse);
  validateListenersOf(element, event, refuse);
}

type Refuse = (message: string, part?: Part) => void;

function validateBoundary(spec: ProcessSpec, element: ElementSpec, event: EventSpec, refuse: Refuse): void {
  const { attachedTo, incoming = [], outgoing = [] } = element;
  if (attachedTo === undefined) refuse('Must be attached to an activity');
  if (incoming.length > 0) refuse('Cannot have incoming sequence flows');
  if (event.kind === 'none' || event.kind === 'job') refuse('Must have exactly one event definition');
  if (event.kind === 'compensation' && (element.handler === undefined || outgoing.length > 0)) {
    refuse('Compensation boundary events must have a compensation association and no outgoing sequence flows');
  }
  const host = attachedTo === undefined ? undefined : spec.elements[attachedTo]!.type;
  if (event.kind === 'escalation' && host && host !== 'CALL_ACTIVITY' && !host.endsWith('SUB_PROCESS')) {
    refuse('An escalation boundary event should only be attached to a subprocess, or a call activity.');
  }
  validateInterruption(element, refuse);
}

/** A boundary event or the start of an event sub-process. */
export function validateInterruption({ event, interrupting }: ElementSpec, refuse: Refuse): void {
  if (interrupting === false && (event!.kind === 'error' || event!.kind === 'compensation')) {
    refuse('Non-Interrupting event of this type is not allowed');
  }
  if (interrupting !== false && event!.timer?.kind === 'cycle') {
    refuse('Interrupting timer event with time cycle is not allowed.');
  }
}

function validateThrow(event: EventSpec, refuse: Refuse): void {
  if (event.kind === 'escalation') {
    if (!event.escalation) refuse('Must reference an escalation', definitionPart);
    else if ((event.escalation.code ?? '') === '') {
      refuse('EscalationCode must be present and not empty', referredPart('escalationRef'));
    }
  }
}

function validateCatch(spec: ProcessSpec, element: ElementSpec, event: EventSpec, refuse: Refuse): void {
  for (const [what, code] of [
    ['escalation', event.escalation?.code],
    ['error', event.errorCode],
  ]) {
    if (code?.startsWith('=')) {
      refuse(`The ${what}Code of the ${what} catch event is not allowed to be an expression`, definitionPart);
    }
  }
  if (element.type !== 'START_EVENT' || spec.elements[element.parent!]!.type !== 'PROCESS') return;
  for (const what of ['signal', 'message'] as const) {
    const name = event[what]?.name;
    const problem = name?.startsWith('=') ? constantProblem(what, name) : undefined;
    if (problem) refuse(problem);
  }
}

/** What starts a process is waited for before there is an instance: its name can't depend on variables. */
function constantProblem(what: 'signal' | 'message', name: string): string | undefined {
  let type: ResultType;
  try {
    ({ type } = evaluateToJson(compileExpression(name.slice(1)), nothing, { nowMs: Date.now() }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Expected constant expression but found '${name}', which could not be evaluated without context: ${reason}`;
  }
  if (type === 'STRING') return undefined;
  return `Expected constant expression of type String for ${what} name '${name}', but was ${type}`;
}

const nothing = { names: () => [], get: () => undefined };

function validateTimer(element: ElementSpec, { timer }: EventSpec, refuse: Refuse): void {
  if (element.type === 'INTERMEDIATE_CATCH_EVENT' && (!timer || timer.kind === 'cycle')) {
    refuse('Intermediate timer catch event must have either a time duration or a time date.');
  }
}

function validateListenersOf({ type, executionListeners = [] }: ElementSpec, event: EventSpec, refuse: Refuse): void {
  const has = (name: 'START' | 'END') => executionListeners.some((listener) => listener.event === name);
  if (type === 'START_EVENT' && has('START')) {
    refuse("Execution listeners of type 'start' are not supported by start events");
  } else if (type === 'BOUNDARY_EVENT' && event.kind === 'compensation' && executionListeners.length > 0) {
    refuse("Execution listeners of type 'start' and 'end' are not supported by [compensation] boundary events");
  } else if (type === 'BOUNDARY_EVENT' && has('START')) {
    refuse("Execution listeners of type 'start' are not supported by boundary events");
  } else if (type === 'END_EVENT' && event.kind === 'error' && has('END')) {
    refuse("Execution listeners of type 'end' are not supported by [error] end events");
  }
}
