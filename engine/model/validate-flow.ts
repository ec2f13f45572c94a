import type { ElementSpec, ProcessSpec } from './element-spec.ts';

export type Complain = (element: ElementSpec, message: string) => void;

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
      if (start.event?.kind === 'error') complain(start, 'Start event must be one of: none, timer, message');
    }
    validateMessageStarts(starts, complain);
  }
  if (element.type === 'SUB_PROCESS' || element.type === 'EVENT_SUB_PROCESS') {
    if (starts.length !== 1) complain(element, 'Must have exactly one start event');
    else if (element.type === 'SUB_PROCESS' && kinds[0] !== 'none') {
      complain(element, 'Start events in subprocesses must be of type none');
    } else if (element.type === 'EVENT_SUB_PROCESS' && kinds[0] === 'none') {
      complain(
        element,
        'Start events in event subprocesses must be one of: message, timer, error, signal or escalation',
      );
    } else if (kinds[0] === 'error' && starts[0]!.interrupting === false) {
      complain(element, 'Error start events must be interrupting');
    }
  }
  if (element.eventStarts)
    noDuplicates(
      element,
      element.eventStarts.map((place) => spec.elements[place]!),
      complain,
    );
  if (element.boundaryEvents) {
    noDuplicates(
      element,
      element.boundaryEvents.map((place) => spec.elements[place]!),
      complain,
    );
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

/** Two catchers of one scope that could not be told apart. */
function noDuplicates(element: ElementSpec, catchers: ElementSpec[], complain: Complain): void {
  const seen = new Set<string>();
  for (const { event } of catchers) {
    const name =
      event?.kind === 'message'
        ? `message with the name '${event.message?.name}'`
        : event?.kind === 'error'
          ? `error with the code '${event.errorCode ?? ''}'`
          : undefined;
    if (name && seen.has(name)) {
      complain(element, `Multiple event definitions of the same type: ${name} is not allowed`);
    }
    if (name) seen.add(name);
  }
}

export function validateEvent(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  const { type, event, incoming = [], outgoing = [] } = element;
  if (type === 'START_EVENT' && incoming.length > 0) complain(element, 'Must not have incoming sequence flows');
  if (type === 'END_EVENT') {
    if (outgoing.length > 0) complain(element, 'End events must not have outgoing sequence flows to other elements.');
    if (event?.kind === 'error' && (event.errorCode ?? '') === '') {
      complain(element, 'ErrorCode must be present and not empty');
    }
    if (event?.kind === 'job' && !element.job) {
      complain(element, "Must have exactly one 'zeebe:taskDefinition' extension element");
    }
  }
  if (type === 'INTERMEDIATE_THROW_EVENT' && event?.kind === 'job' && !element.job) {
    complain(element, "Must have exactly one 'zeebe:taskDefinition' extension element");
  }
  if (type === 'INTERMEDIATE_CATCH_EVENT' && event?.kind !== 'timer' && event?.kind !== 'message') {
    complain(element, 'Event definition must be one of: message, timer, signal');
  }
  if (type === 'BOUNDARY_EVENT') {
    if (element.attachedTo === undefined) complain(element, 'Must be attached to an activity');
    if (incoming.length > 0) complain(element, 'Cannot have incoming sequence flows');
    if (!event || event.kind === 'none') complain(element, 'Must have exactly one event definition');
    if (event?.kind === 'error' && element.interrupting === false) {
      complain(element, 'Error boundary events must be interrupting');
    }
  }
  if (event?.kind === 'timer') validateTimer(spec, element, complain);
}

function validateTimer(spec: ProcessSpec, element: ElementSpec, complain: Complain): void {
  const { timer } = element.event!;
  if (!timer) {
    complain(element, 'Must be exactly one type of timer: timeDuration, timeDate or timeCycle');
    return;
  }
  if (timer.kind !== 'cycle') return;
  const atRoot = element.type === 'START_EVENT' && spec.elements[element.parent!]!.type === 'PROCESS';
  if (element.type === 'INTERMEDIATE_CATCH_EVENT') {
    complain(element, 'Intermediate timer catch event must have a time duration or time date definition.');
  } else if (!atRoot && element.interrupting !== false) {
    const what = element.type === 'BOUNDARY_EVENT' ? 'boundary events' : 'start events of event sub-processes';
    complain(element, `Interrupting timer ${what} must not have a time cycle definition`);
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
    if (flows.some(({ condition }) => condition)) {
      complain(element, 'Conditional sequence flows are only supported at exclusive or inclusive gateway');
    }
    return;
  }
  const usual = defaultFlow === undefined ? undefined : spec.elements[defaultFlow];
  if (usual && !flows.includes(usual)) complain(element, 'Default flow must start at gateway');
  if (usual?.condition) complain(element, 'Default flow must not have a condition');
  if (flows.length < 2) return;
  for (const flow of flows) {
    if (flow !== usual && !flow.condition) complain(flow, 'Must have a condition or be default flow');
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
  if (targets.some(({ type }) => type !== 'INTERMEDIATE_CATCH_EVENT')) {
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
