import type { Moddle } from './moddle.ts';
import { identifierOf, type Problem } from './complaint.ts';

/** Zeebe leaves it to the installation (`max-id-length`, `max-name-length`, `max-worker-type-length`). */
const maxFieldLength = 32_767;

const reservedPrefix = 'io.camunda.zeebe:';

/** What Zeebe demands of every node that is written in the file, whether a token ever reaches it or not. */
export function validateWritten(definitions: Moddle): Problem[] {
  const problems: Problem[] = [];
  const nodes = [definitions];
  for (const node of nodes) {
    for (const message of [...lengthProblems(node), ...headerProblems(node)]) {
      problems.push({ elementId: identifierOf(node), message });
    }
    nodes.push(...childrenOf(node));
  }
  return problems;
}

/** What the node contains, and not what it only refers to. */
function childrenOf(node: Moddle): Moddle[] {
  return Object.values(node)
    .flat()
    .filter((value) => value !== null && typeof value === 'object' && value.$parent === node);
}

function lengthProblems({ $type, id, name, type }: Moddle): string[] {
  const tooLong = (value: unknown) => typeof value === 'string' && value.length > maxFieldLength;
  const found: string[] = [];
  const say = (what: string, limit: string) =>
    found.push(`${what} must not be longer than the configured ${limit} of ${maxFieldLength} characters.`);
  if ($type.startsWith('bpmn:') && tooLong(id)) say('IDs', 'max-id-length');
  if (($type.startsWith('bpmn:') || $type === 'zeebe:Property') && tooLong(name)) say('Names', 'max-name-length');
  if ($type === 'zeebe:TaskDefinition' && tooLong(type)) say('Worker types', 'max-worker-type-length');
  return found;
}

function headerProblems(node: Moddle): string[] {
  if (node.$type !== 'zeebe:TaskHeaders') return [];
  const keys = ((node.values ?? []) as { key?: string }[]).flatMap(({ key }) => key ?? []);
  const reserved = keys.filter((key) => key.startsWith(reservedPrefix));
  const repeated = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  return [
    ...reserved.map(
      (key) =>
        `Attribute 'key' contains '${key}', but header keys starting with '${reservedPrefix}' are reserved for internal use.`,
    ),
    ...[...repeated].map((key) => `Headers contain duplicate entries for key '${key}'`),
  ];
}
