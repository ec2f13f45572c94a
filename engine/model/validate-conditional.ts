import type { ElementSpec, ProcessSpec } from './element-spec.ts';
import { definitionPart, extensionPart, inPart, propertyPart, type Complain } from './complaint.ts';

const filter = inPart(definitionPart, extensionPart('zeebe:ConditionalFilter'));

const variableEvents = ['create', 'update'];

/** Rules of Zeebe's validators of conditions and their filters. */
export function validateConditional(element: ElementSpec, complain: Complain): void {
  if (element.event?.kind !== 'conditional') return;
  const { conditional } = element.event;
  if (!conditional) {
    complain(element, 'Must have a condition', definitionPart);
    return;
  }
  if (conditional.condition === '') {
    const written = inPart(definitionPart, propertyPart('condition'));
    complain(element, "Attribute 'condition' must be present and not empty", written);
  }
  for (const event of conditional.variableEvents) {
    if (event === '' || variableEvents.includes(event)) continue;
    const rule = `Must be one of: ${variableEvents.join(', ')} or a comma-separated list of both.`;
    complain(element, `Variable event '${event}' is not valid. ${rule}`, filter);
  }
  for (const name of conditional.variableNames) {
    if (name === '') {
      const given = conditional.variableNames.join(',');
      complain(
        element,
        `Variable names must not contain empty names but '${given}' given. ` +
          'Please provide a comma-separated list of variable names without empty entries.',
        filter,
      );
    } else if (name.startsWith('=')) {
      const rule = 'Variable names must be static and cannot be expressions.';
      complain(element, `${rule} '${name}' starts with '='.`, filter);
    }
  }
}

/** Two start events of a process could not be told apart by the same condition, nor two event sub-processes. */
export function validateConditionalStarts(spec: ProcessSpec, process: ElementSpec, complain: Complain): void {
  const duplicates = (places: number[] = []) => {
    const conditions = places.flatMap((place) => spec.elements[place]!.event?.conditional?.condition ?? []);
    return new Set(conditions.filter((condition, index) => conditions.indexOf(condition) !== index));
  };
  for (const condition of duplicates(process.startEvents)) {
    complain(
      process,
      `Duplicate condition expression '${condition}' found in conditional start events of process '${process.id}'. ` +
        'Condition expressions for conditional start events must be unique within a process.',
    );
  }
  for (const condition of duplicates(process.eventStarts)) {
    complain(
      process,
      `Duplicate condition expression '${condition}' found in conditional start events of event subprocesses in ` +
        `process '${process.id}'. Condition expressions for conditional start events in event subprocesses must be ` +
        'unique within a process.',
    );
  }
}
