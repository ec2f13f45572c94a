import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json') as object;
const moddle = new BpmnModdle({ zeebe });

/** An element of a drawing as plain text: what it is, its name, and every property that a designer can set, by path. */
export interface FlatElement {
  id: string;
  type: string; // UserTask
  name: string | null;
  properties: Map<string, string>;
}

interface Node {
  $type: string;
  $attrs?: Record<string, unknown>;
  $descriptor?: { properties: { name: string; isReference?: boolean }[] };
  [name: string]: unknown;
}

/** Links that follow from others, and what is only drawing. */
const derived = new Set([
  'incoming',
  'outgoing',
  'di',
  'id',
  'name',
  'flowElements',
  'artifacts',
  'laneSets',
  'dataInputAssociations',
]);
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && '$type' in value;

/** @throws Error when the text is no BPMN */
export async function flattenBpmn(xml: string): Promise<Map<string, FlatElement>> {
  const { rootElement } = await moddle.fromXML(xml, 'bpmn:Definitions');
  const found = new Map<string, FlatElement>();
  for (const root of ((rootElement as unknown as Node)['rootElements'] as Node[] | undefined) ?? [])
    collect(root, found);
  return found;
}

function collect(node: Node, found: Map<string, FlatElement>): void {
  const id = node['id'] as string | undefined;
  if (id) {
    const properties = new Map<string, string>();
    describe(node, '', properties);
    found.set(id, {
      id,
      type: node.$type.replace(/^.*:/, ''),
      name: (node['name'] as string | undefined) ?? null,
      properties,
    });
  }
  for (const list of ['flowElements', 'artifacts']) {
    for (const child of (node[list] as Node[] | undefined) ?? []) collect(child, found);
  }
}

function describe(node: Node, path: string, properties: Map<string, string>): void {
  for (const { name, isReference } of node.$descriptor?.properties ?? []) {
    const local = name.replace(/^.*:/, '');
    if (path === '' && derived.has(local)) continue;
    const value = node[local] ?? node[name];
    if (value !== undefined && !local.startsWith('$')) add(value, join(path, local), isReference === true, properties);
  }
}

function add(value: unknown, path: string, isReference: boolean, properties: Map<string, string>): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => add(item, isNode(item) ? path : `${path}[${index}]`, isReference, properties));
  } else if (isNode(value)) {
    if (isReference) properties.set(path, String(value['id'] ?? value['name']));
    else
      describe(value, join(path.replace(/\.?(extensionElements(\.values)?|values)$/, ''), pathOf(value)), properties);
  } else if (value !== null && value !== false && String(value) !== '') {
    properties.set(path, String(value));
  }
}

/** Named by what tells one from its siblings: `ioMapping.input ticketNo`, not by its place. */
function pathOf(node: Node): string {
  const type = node.$type.replace(/^.*:/, '');
  const mark = node['target'] ?? node['key'] ?? node['eventType'];
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}${mark === undefined ? '' : ` ${String(mark)}`}`;
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);
