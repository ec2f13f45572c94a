import { aiParameters } from '../feel/from-ai.ts';
import { FeelSyntaxError } from '../feel/syntax.ts';
import type { JsonObject } from '../json.ts';
import type { ElementSpec, ElementType } from './element-spec.ts';
import { extension, type Moddle } from './moddle.ts';
import { readJob } from './read-parts.ts';
import type { Problem } from './complaint.ts';

const never = new Set<ElementType>([
  'SEQUENCE_FLOW',
  'EVENT_SUB_PROCESS',
  'START_EVENT',
  'BOUNDARY_EVENT',
  'END_EVENT',
]);

/** An attribute that is blank counts as one that is not there. */
const filled = (text: unknown): string | null => (typeof text === 'string' && text.trim() !== '' ? text.trim() : null);

export function readAdHoc(node: Moddle, spec: ElementSpec): void {
  const adHoc = extension(node, 'zeebe:AdHoc');
  spec.job = readJob(node);
  spec.adHoc = {
    activeElementsCollection: filled(adHoc?.activeElementsCollection),
    completionCondition: filled(node.completionCondition?.body),
    cancelRemainingInstances: node.cancelRemainingInstances !== false,
    outputCollection: filled(adHoc?.outputCollection),
    outputElement: filled(adHoc?.outputElement),
    elements: [],
  };
}

/** Once all flows are known: what nothing leads to can be activated. */
export function linkAdHoc(node: Moddle, elements: ElementSpec[], places: ReadonlyMap<Moddle, number>): Problem[] {
  const spec = elements[places.get(node)!]!;
  const problems: Problem[] = [];
  for (const inside of (node.flowElements ?? []) as Moddle[]) {
    const place = places.get(inside);
    if (place === undefined) continue;
    const element = elements[place]!;
    if (never.has(element.type) || element.incoming) continue;
    (spec.adHocActivities ??= []).push(place);
    try {
      spec.adHoc!.elements.push(describe(inside, element));
    } catch (error) {
      // what can't be parsed at all is found when the process is validated
      if (error instanceof FeelSyntaxError) continue;
      const why = `Failed to extract ad-hoc activity parameters for element '${element.id}'. ${(error as Error).message}`;
      problems.push({ elementId: spec.id, message: why });
    }
  }
  return problems;
}

/** As Zeebe prints it: what is empty is left out, an empty property is null. */
function describe(node: Moddle, element: ElementSpec): JsonObject {
  const described: JsonObject = { elementId: element.id };
  if (element.name) described.elementName = element.name;
  const documentation = (node.documentation as { text?: string }[] | undefined)?.[0]?.text;
  if (documentation) described.documentation = documentation;
  const properties = (extension(node, 'zeebe:Properties')?.properties ?? []) as { name?: string; value?: string }[];
  const named = properties.filter(({ name }) => name).map(({ name, value }) => [name!, value || null]);
  if (named.length > 0) described.properties = Object.fromEntries(named);
  const sources = (element.inputs ?? []).map(({ source }) => source).filter((source) => source.startsWith('='));
  const parameters = sources.flatMap((source) => aiParameters(source.slice(1)));
  if (parameters.length > 0) described.parameters = parameters.map((parameter) => ({ ...parameter }));
  return described;
}
