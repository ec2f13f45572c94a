import type { ProcessFile } from '../../domain/process/process-file.ts';
import type { Translate } from '../i18n/messages.ts';
import { flattenBpmn, type FlatElement } from './flatten-model.ts';

export interface FileDifference {
  name: string;
  title: string;
  kind: 'ADDED' | 'CHANGED';
  changes: { what: 'ADDED' | 'REMOVED' | 'CHANGED'; elementId: string; text: string }[];
}

type Change = FileDifference['changes'][number];

/** What the drafts would change of what runs, in sentences. */
export async function compareFiles(
  before: readonly Pick<ProcessFile, 'name' | 'content'>[],
  after: readonly Pick<ProcessFile, 'name' | 'content' | 'kind'>[],
  t: Translate,
): Promise<FileDifference[]> {
  const old = new Map(before.map((file) => [file.name, file.content]));
  const differences: FileDifference[] = [];
  for (const { name, content, kind } of after) {
    const was = old.get(name);
    if (was === content) continue;
    const changes = was === undefined ? [] : await compareContent(kind, was, content, t);
    differences.push({
      name,
      title: t(`workbench.kind.${kind}`),
      kind: was === undefined ? 'ADDED' : 'CHANGED',
      changes,
    });
  }
  return differences;
}

async function compareContent(kind: ProcessFile['kind'], was: string, is: string, t: Translate): Promise<Change[]> {
  try {
    if (kind === 'BPMN') return compareElements(await flattenBpmn(was), await flattenBpmn(is), t);
    if (kind === 'FORM') return compareElements(flattenForm(was), flattenForm(is), t);
    return compareElements(flattenRules(was), flattenRules(is), t);
  } catch {
    // A file that cannot be read is named by the lint and by the engine; here it is only "changed".
    return [];
  }
}

/** Elements before and after: who is meant by an id. */
interface Sides {
  was: Map<string, FlatElement>;
  is: Map<string, FlatElement>;
  t: Translate;
}

function compareElements(was: Map<string, FlatElement>, is: Map<string, FlatElement>, t: Translate): Change[] {
  const sides = { was, is, t };
  const changes: Change[] = [];
  for (const [id, element] of is) {
    const before = was.get(id);
    if (before) changes.push(...compareElement(before, element, sides));
    else changes.push({ what: 'ADDED', elementId: id, text: t('workbench.change.added', words(element, sides)) });
  }
  for (const [id, element] of was) {
    if (!is.has(id))
      changes.push({ what: 'REMOVED', elementId: id, text: t('workbench.change.removed', words(element, sides)) });
  }
  return changes;
}

function compareElement(was: FlatElement, is: FlatElement, sides: Sides): Change[] {
  const { t } = sides;
  const changes: Change[] = [];
  const change = (text: string) => changes.push({ what: 'CHANGED', elementId: is.id, text });
  if (was.name !== is.name) {
    const renamed = { type: typeWord(is.type, t), from: was.name ?? was.id, to: is.name ?? is.id };
    change(t('workbench.change.renamed', renamed));
  }
  for (const path of new Set([...was.properties.keys(), ...is.properties.keys()])) {
    const from = was.properties.get(path);
    const to = is.properties.get(path);
    if (from === to) continue;
    const value = (text: string) => (links.has(path) ? nameOf(text, sides) : short(text));
    const what = { ...words(is.name === null ? was : is, sides), property: propertyWord(path, t) };
    if (from === undefined) change(t('workbench.change.set', { ...what, to: value(to!) }));
    else if (to === undefined) change(t('workbench.change.unset', { ...what, from: value(from) }));
    else change(t('workbench.change.property', { ...what, from: value(from), to: value(to) }));
  }
  return changes;
}

const links = new Set(['sourceRef', 'targetRef', 'attachedToRef', 'default']);

function words(element: FlatElement, sides: Sides) {
  return { type: typeWord(element.type, sides.t), name: element.name ?? ends(element, sides) ?? element.id };
}

/** A flow without a name is known by its ends. */
function ends({ properties }: FlatElement, sides: Sides): string | undefined {
  const [from, to] = [properties.get('sourceRef'), properties.get('targetRef')];
  return from && to ? `${nameOf(from, sides)} → ${nameOf(to, sides)}` : undefined;
}

function nameOf(id: string, sides: Sides): string {
  const element = sides.is.get(id) ?? sides.was.get(id);
  if (!element) return id;
  return element.name ?? (element.type === 'SequenceFlow' ? ends(element, sides) : undefined) ?? id;
}

function propertyWord(path: string, t: Translate): string {
  const [, kind, name] =
    /(?:^|\.)(input|output|header|property|taskListener|executionListener) (\S+?)(?:\.|$)/.exec(path) ?? [];
  if (kind) return t(`workbench.property.${kind}`, { name });
  if (/^\d+$/.test(path)) return t('workbench.property.cell', { number: path });
  const key = `workbench.property.${path}`;
  const found = t(key);
  return found === key ? path : found;
}

function typeWord(type: string, t: Translate): string {
  const key = `workbench.type.${type}`;
  const found = t(key);
  return found === key ? type : found;
}

const maxShown = 120;
const short = (text: string) => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);

interface FormComponent {
  type: string;
  key?: string;
  id?: string;
  label?: string;
  text?: string;
  components?: FormComponent[];
  [name: string]: unknown;
}

function flattenForm(schema: string): Map<string, FlatElement> {
  const found = new Map<string, FlatElement>();
  const visit = (components: FormComponent[]) => {
    for (const component of components) {
      const { key, id, type, label, text, components: inner, layout: _layout, ...rest } = component;
      const name = key ?? id ?? type;
      const properties = new Map(Object.entries(rest).map(([path, value]) => [path, JSON.stringify(value)]));
      found.set(name, { id: name, type: `form.${type}`, name: label ?? text ?? name, properties });
      visit(inner ?? []);
    }
  };
  visit((JSON.parse(schema) as { components?: FormComponent[] }).components ?? []);
  return found;
}

/** Rules of decision tables by id, entries as text: enough to say which row reads differently. */
function flattenRules(xml: string): Map<string, FlatElement> {
  const found = new Map<string, FlatElement>();
  for (const [, id, body] of xml.matchAll(/<(?:\w+:)?rule\b[^>]*\bid="([^"]+)"[^>]*>([\s\S]*?)<\/(?:\w+:)?rule>/g)) {
    const entries = [...body!.matchAll(/<(?:\w+:)?text>([\s\S]*?)<\/(?:\w+:)?text>/g)].map((match) => match[1]!);
    const name = /<(?:\w+:)?description>([\s\S]*?)<\/(?:\w+:)?description>/.exec(body!)?.[1] ?? id!;
    found.set(id!, {
      id: id!,
      type: 'Rule',
      name,
      properties: new Map(entries.map((text, index) => [`${index + 1}`, text])),
    });
  }
  return found;
}
