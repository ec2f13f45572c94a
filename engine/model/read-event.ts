import type { ElementSpec, EventSpec, TimerSpec } from './element-spec.ts';
import type { Moddle } from './moddle.ts';
import { notYet, readJob, readMessage } from './read-parts.ts';
import type { Problem } from './validate-process.ts';

/** Reads what an event waits for or does. */
export function readEvent(node: Moddle, spec: ElementSpec): Problem[] {
  const definitions = (node.eventDefinitions ?? []) as Moddle[];
  if (definitions.length > 1) return [{ elementId: spec.id, message: 'Must have at most one event definition' }];
  if (spec.type === 'BOUNDARY_EVENT') spec.interrupting = node.cancelActivity !== false;
  if (spec.type === 'START_EVENT') spec.interrupting = node.isInterrupting !== false;
  spec.job = readJob(node);
  const definition = definitions[0];
  if (!definition) {
    spec.event = { kind: spec.job ? 'job' : 'none' };
    return [];
  }
  const event = readDefinition(definition, spec);
  if (event) {
    spec.event = event;
    return [];
  }
  return [{ elementId: spec.id, message: notYet(definition.$type.replace('bpmn:', '')) }];
}

function readDefinition(definition: Moddle, spec: ElementSpec): EventSpec | undefined {
  const throws = spec.type === 'END_EVENT' || spec.type === 'INTERMEDIATE_THROW_EVENT';
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition':
      return throws ? undefined : { kind: 'timer', timer: readTimer(definition) };
    case 'bpmn:MessageEventDefinition':
      if (throws) {
        // a message throw event is a job, so is its definition (docs: "Message events > Message throw events")
        spec.job ??= readJob(definition);
        return { kind: 'job' };
      }
      return { kind: 'message', message: definition.messageRef && readMessage(definition.messageRef) };
    case 'bpmn:ErrorEventDefinition':
      if (spec.type === 'INTERMEDIATE_THROW_EVENT') return undefined;
      return { kind: 'error', errorCode: definition.errorRef?.errorCode ?? null };
    case 'bpmn:TerminateEventDefinition':
      return spec.type === 'END_EVENT' ? { kind: 'terminate' } : undefined;
    default:
      return undefined;
  }
}

function readTimer(definition: Moddle): TimerSpec | undefined {
  const body = (name: string) => definition[name]?.body?.trim() as string | undefined;
  const date = body('timeDate');
  if (date) return { kind: 'date', expression: date };
  const duration = body('timeDuration');
  if (duration) return { kind: 'duration', expression: duration };
  const cycle = body('timeCycle');
  return cycle ? { kind: 'cycle', expression: cycle } : undefined;
}
