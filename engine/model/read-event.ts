import type { ElementSpec, ElementType, EventSpec, TimerSpec } from './element-spec.ts';
import type { Moddle } from './moddle.ts';
import { readJob, readMessage } from './read-parts.ts';
import { readConditional } from './read-conditional.ts';
import type { Problem } from './complaint.ts';

/** Reads what an event waits for or does. */
export function readEvent(node: Moddle, spec: ElementSpec): Problem[] {
  const definitions = (node.eventDefinitions ?? []) as Moddle[];
  if (definitions.length > 1) return [{ elementId: spec.id, message: tooMany[spec.type]! }];
  if (spec.type === 'BOUNDARY_EVENT') spec.interrupting = node.cancelActivity !== false;
  if (spec.type === 'START_EVENT') spec.interrupting = node.isInterrupting !== false;
  spec.job = readJob(node);
  const definition = definitions[0];
  if (!definition) {
    spec.event = { kind: spec.job ? 'job' : 'none' };
    dropMappings(spec, spec.event);
    return [];
  }
  const event = readDefinition(definition, spec);
  if (event) {
    spec.event = event;
    dropMappings(spec, event);
    return definition.waitForCompletion === false ? [{ elementId: spec.id, message: mustWait(spec) }] : [];
  }
  return [{ elementId: spec.id, message: unsupported[spec.type] ?? 'Event definition of this type is not supported' }];
}

/** Camunda reads only those mappings of an event that have something to do with its trigger. */
function dropMappings(spec: ElementSpec, { kind }: EventSpec): void {
  const throws = spec.type === 'END_EVENT' || spec.type === 'INTERMEDIATE_THROW_EVENT';
  const isGivenInputs = throws
    ? kind === 'signal' || kind === 'job'
    : spec.type === 'INTERMEDIATE_CATCH_EVENT' && kind !== 'link';
  if (!isGivenInputs) delete spec.inputs;
  if (throws && (kind === 'compensation' || kind === 'terminate' || kind === 'error')) delete spec.outputs;
}

const mustWait = ({ type }: ElementSpec) =>
  `A compensation ${type === 'END_EVENT' ? 'end' : 'intermediate throwing'} event waitForCompletion attribute must be true or not present`;

const exactlyOne = 'Must have exactly one event definition';
const tooMany: Partial<Record<ElementType, string>> = {
  START_EVENT: "Start event can't have more than one type",
  END_EVENT: 'Must have at most one event definition',
  INTERMEDIATE_THROW_EVENT: 'Must have at most one event definition',
  INTERMEDIATE_CATCH_EVENT: exactlyOne,
  BOUNDARY_EVENT: exactlyOne,
};

const unsupported: Partial<Record<ElementType, string>> = {
  END_EVENT: 'End events must be one of: none, error, message, terminate, signal, escalation or compensation',
  INTERMEDIATE_CATCH_EVENT: 'Event definition must be one of: message, timer, signal, link, or conditional',
  BOUNDARY_EVENT: 'Boundary events must be one of: timer, message, error, signal, escalation, conditional',
};

function readDefinition(definition: Moddle, spec: ElementSpec): EventSpec | undefined {
  const throws = spec.type === 'END_EVENT' || spec.type === 'INTERMEDIATE_THROW_EVENT';
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition':
      return throws ? undefined : { kind: 'timer', timer: readTimer(definition) };
    case 'bpmn:MessageEventDefinition':
      // a message throw event is a job (docs: "Message events > Message throw events")
      if (throws) return { kind: 'job' };
      return { kind: 'message', message: definition.messageRef && readMessage(definition.messageRef) };
    case 'bpmn:ErrorEventDefinition':
      if (spec.type === 'INTERMEDIATE_THROW_EVENT') return undefined;
      return { kind: 'error', errorCode: definition.errorRef?.errorCode ?? null };
    case 'bpmn:TerminateEventDefinition':
      return spec.type === 'END_EVENT' ? { kind: 'terminate' } : undefined;
    case 'bpmn:SignalEventDefinition':
      return { kind: 'signal', signal: definition.signalRef && { name: definition.signalRef.name ?? '' } };
    case 'bpmn:EscalationEventDefinition':
      if (spec.type === 'INTERMEDIATE_CATCH_EVENT') return undefined;
      return {
        kind: 'escalation',
        escalation: definition.escalationRef && { code: definition.escalationRef.escalationCode ?? null },
      };
    case 'bpmn:LinkEventDefinition':
      if (!spec.type.startsWith('INTERMEDIATE')) return undefined;
      return { kind: 'link', link: definition.name ?? '' };
    case 'bpmn:CompensateEventDefinition':
      return spec.type === 'INTERMEDIATE_CATCH_EVENT' ? undefined : { kind: 'compensation' };
    case 'bpmn:ConditionalEventDefinition':
      return throws ? undefined : { kind: 'conditional', conditional: readConditional(definition) };
    default:
      return undefined;
  }
}

function readTimer(definition: Moddle): TimerSpec | undefined {
  const kinds = { duration: 'timeDuration', cycle: 'timeCycle', date: 'timeDate' } as const;
  for (const [kind, name] of Object.entries(kinds) as [TimerSpec['kind'], string][]) {
    if (definition[name]) return { kind, expression: definition[name].body?.trim() ?? '' };
  }
  return undefined;
}
