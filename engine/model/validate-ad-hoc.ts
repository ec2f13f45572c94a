import type { AdHocSpec, ElementSpec, ProcessSpec } from './element-spec.ts';
import type { Complain } from './complaint.ts';

/** Rules of Zeebe's AdHocSubProcessValidator. */
export function validateAdHoc(spec: ProcessSpec, element: ElementSpec, adHoc: AdHocSpec, complain: Complain): void {
  if (element.job) {
    const refuse = (name: string) => complain(element, `Must not set ${name} in combination with zeebe:taskDefinition`);
    if (!adHoc.cancelRemainingInstances) refuse('cancelRemainingInstances to false');
    if (adHoc.completionCondition !== null) refuse('completionCondition');
    if (adHoc.activeElementsCollection !== null) refuse('activeElementsCollection');
  }
  if (adHoc.outputCollection !== null && adHoc.outputElement === null) {
    complain(element, "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
  }
  if (adHoc.outputElement !== null && adHoc.outputCollection === null) {
    complain(element, "Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
  }
  const inside = spec.elements.filter(({ parent }) => parent === element.innerInstance);
  if (inside.length === 0) complain(element, 'Must have at least one activity.');
  if (inside.some(({ type }) => type === 'START_EVENT')) complain(element, 'Must not contain a start event.');
  if (inside.some(({ type }) => type === 'END_EVENT')) complain(element, 'Must not contain an end event.');
}
