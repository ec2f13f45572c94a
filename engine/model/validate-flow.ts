import type { ElementSpec, ProcessSpec } from './element-spec.ts';
import { noDuplicates } from './validate-catchers.ts';
import type { Complain } from './complaint.ts';
import { validateInterruption } from './validate-events.ts';

/** A process or sub-process: how it starts, what is drawn in it. */
export function validateScope(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  const starts = (element.startEvents ?? []).map((place) => spec.elements[place]!);
  const kinds = starts.map(({ event }) => event?.kind ?? 'none');
  if (element.type === 'PROCESS') {
    if (starts.length === 0) complain(element, 'Must have at least one start event');
    if (kinds.filter((kind) => kind === 'none').length > 1) {
      complain(element, 'Multiple none start events are not allowed');
    }
    for (const start of starts) {
      const { kind } = start.event!;
      if (kind === 'error' || kind === 'escalation' || kind === 'compensation') {
        complain(start, 'Start event must be one of: none, timer, message, signal, conditional');
      }
    }
    validateMessageStarts(starts, complain);
    noDuplicates(
      element,
      starts.filter(({ event }) => event?.kind === 'signal'),
      complain,
    );
  }
  if (element.type === 'SUB_PROCESS' || element.type === 'EVENT_SUB_PROCESS') {
    if (starts.length !== 1) complain(element, 'Must have exactly one start event');
    else if (element.type === 'EVENT_SUB_PROCESS') validateEventSubProcess(spec, element, starts[0]!, complain);
    else if (kinds[0] !== 'none') complain(element, 'Start events in subprocesses must be of type none');
  }
  for (const catchers of [element.eventStarts, element.boundaryEvents]) {
    if (catchers)
      noDuplicates(
        element,
        catchers.map((place) => spec.elements[place]!),
        complain,
      );
  }
}

function validateEventSubProcess(
  spec: ProcessSpec,
  element: ElementSpec,
  start: ElementSpec,
  complain: Complain,
): void {
  const { kind } = start.event!;
  if (kind === 'compensation' && spec.elements[element.parent!]!.type === 'PROCESS') {
    complain(element, 'A compensation event subprocess is not allowed on the process level');
  }
  if (kind === 'none' || kind === 'compensation') {
    complain(
      element,
      'Start events in event subprocesses must be one of: message, timer, error, signal, escalation or conditional',
    );
  }
  validateInterruption(start, (message) => complain(element, message));
  if (start.interrupting !== false && spec.elements[element.parent!]!.type === 'AD_HOC_SUB_PROCESS') {
    complain(element, 'An interrupting event subprocess is not allowed inside an ad-hoc subprocess');
  }
}

function validateMessageStarts(starts: ElementSpec[], complain: Complain): void {
  const seen = new Set<string>();
  for (const start of starts) {
    const name = start.event?.message?.name;
    if (!name) continue;
    if (seen.has(name)) complain(start, 'A message cannot be referred by more than one start event');
    seen.add(name);
  }
}

export function validateGateway(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  const { type, outgoing = [], defaultFlow } = element;
  const flows = outgoing.map((place) => spec.elements[place]!);
  if (type === 'EVENT_BASED_GATEWAY') {
    validateEventBasedGateway(spec, element, flows, complain);
    return;
  }
  if (type !== 'EXCLUSIVE_GATEWAY' && type !== 'INCLUSIVE_GATEWAY') {
    if (flows.some(({ condition }) => condition !== undefined)) {
      complain(element, 'Conditional sequence flows are only supported at exclusive or inclusive gateway');
    }
    return;
  }
  const usual = defaultFlow === undefined ? undefined : spec.elements[defaultFlow];
  if (usual && !flows.includes(usual)) complain(element, 'Default flow must start at gateway');
  if (flows.length < 2) return;
  for (const flow of flows) {
    if (flow === usual || flow.condition !== undefined) continue;
    complain(flow, type === 'EXCLUSIVE_GATEWAY' ? 'Must have a condition or be default flow' : 'Must have a condition');
  }
}

function validateEventBasedGateway(
  spec: ProcessSpec,
  element: ElementSpec,
  flows: ElementSpec[],
  complain: Complain,
): void {
  if (flows.length < 2) complain(element, 'Event-based gateway must have at least 2 outgoing sequence flows.');
  const targets = flows.map((flow) => spec.elements[flow.target!]!);
  if (targets.some(({ type, event }) => type !== 'INTERMEDIATE_CATCH_EVENT' || event?.kind === 'link')) {
    complain(
      element,
      'Event-based gateway must not have an outgoing sequence flow to other elements than ' +
        'message/timer/signal/conditional intermediate catch events.',
    );
  }
  if (targets.some(({ incoming = [] }) => incoming.length > 1)) {
    complain(
      element,
      'Target elements of an event gateway must not have any additional incoming sequence flows ' +
        'other than that from the event gateway.',
    );
  }
  noDuplicates(element, targets, complain);
}
