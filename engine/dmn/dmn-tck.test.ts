import test from 'ava';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtLiteral } from '../feel/temporal/at-literal.ts';
import { toJson } from '../feel/json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { type Drg, parseDrg } from './parse-drg.ts';
import { tckExceptions } from './tck-exceptions.ts';
import { child, childrenNamed, parseXml, type Xml } from './xml.ts';

const kit = process.env.DMN_TCK_DIR ?? join(import.meta.dirname, '../../../shared/dmn-tck');
const nowMs = Date.UTC(2026, 0, 5, 8);

interface Case {
  folder: string;
  file: string;
  id: string;
  camundaPasses: boolean;
}

function readCases(): Case[] {
  const lines = readFileSync(join(kit, 'camunda-results.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [folder, file, id, result] = line.split(',') as [string, string, string, string];
    return { folder, file, id, camundaPasses: result === 'SUCCESS' };
  });
}

interface Suite {
  drg: Drg;
  cases: Map<string, Xml>;
}

const suites = new Map<string, Suite>();

function suiteOf({ folder, file }: Case): Suite {
  const path = join(kit, folder, `${file}.xml`);
  let suite = suites.get(path);
  if (!suite) {
    const root = withoutPrefixes(parseXml(readFileSync(path, 'utf8')));
    const model = readFileSync(join(kit, folder, child(root, 'modelName')!.text.trim()), 'utf8');
    const cases = childrenNamed(root, 'testCase').map((each): [string, Xml] => [each.attributes.id!, each]);
    suite = { drg: parseDrg(model), cases: new Map(cases) };
    suites.set(path, suite);
  }
  return suite;
}

function withoutPrefixes(element: Xml): Xml {
  const name = element.name.replace(/^.*:/, '');
  return { ...element, name, children: element.children.map(withoutPrefixes) };
}

const temporalTypes = new Set(['date', 'time', 'dateTime', 'duration']);
const isNil = (element: Xml): boolean => element.attributes['xsi:nil'] === 'true';

/** A value of the kit as JSON: temporal values as FEEL prints them. */
function valueOf(element: Xml): JsonValue {
  const list = child(element, 'list');
  if (list) return childrenNamed(list, 'item').map(valueOf);
  const components = childrenNamed(element, 'component');
  if (components.length > 0) {
    return Object.fromEntries(components.map((each): [string, JsonValue] => [each.attributes.name!, valueOf(each)]));
  }
  const value = child(element, 'value');
  if (!value || isNil(value) || isNil(element)) return null;
  const type = (value.attributes['xsi:type'] ?? 'string').replace(/^.*:/, '');
  if (type === 'boolean') return value.text.trim() === 'true';
  if (temporalTypes.has(type)) return printed(value.text.trim());
  return type === 'string' ? value.text : Number(value.text);
}

/** `P0M` and `P0D` are both no time at all: which of them is written says nothing. */
function printed(text: string): JsonValue {
  const value = toJson(parseAtLiteral(text)) ?? text;
  return value === 'P0Y' ? 'P0D' : value;
}

function same(expected: JsonValue, found: JsonValue | undefined): boolean {
  if (typeof expected === 'number' && typeof found === 'number') {
    return Math.abs(expected - found) <= 1e-8 * Math.max(1, Math.abs(expected));
  }
  if (typeof expected === 'string' && typeof found === 'string')
    return expected === found || expected === printed(found);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) && expected.length === found.length && expected.every((item, at) => same(item, found[at]))
    );
  }
  if (expected === null || typeof expected !== 'object') return expected === found;
  if (found === null || typeof found !== 'object' || Array.isArray(found)) return false;
  const names = Object.keys(expected);
  return names.length === Object.keys(found).length && names.every((name) => same(expected[name]!, found[name]));
}

/** What is wrong with our result, null when nothing is. */
function complaint(each: Case): string | null {
  const { drg, cases } = suiteOf(each);
  const found = cases.get(each.id);
  if (!found) return 'the case is not in the file';
  const variables: JsonObject = Object.fromEntries(
    childrenNamed(found, 'inputNode').map((input): [string, JsonValue] => [input.attributes.name!, valueOf(input)]),
  );
  for (const result of childrenNamed(found, 'resultNode')) {
    const decision = drg.decisions.find(({ name }) => name === result.attributes.name);
    if (!decision) return `there is no decision ${result.attributes.name}`;
    const { output, failure } = evaluateDecision(drg, decision.id, variables, { nowMs });
    const expected = valueOf(child(result, 'expected')!);
    if (same(expected, output)) continue;
    return `${decision.name} is ${JSON.stringify(output)}, not ${JSON.stringify(expected)} ${failure?.message ?? ''}`;
  }
  return null;
}

function exceptionOf({ folder, id }: Case): string | undefined {
  return tckExceptions.find((each) => each.folder === folder && each.cases.includes(id))?.reason;
}

test('the conformance kit is passed as Camunda passes it and beyond, but for what is listed with its reason', (t) => {
  if (!existsSync(join(kit, 'camunda-results.csv'))) {
    t.log(`skipped: there is no conformance kit at ${kit} (set DMN_TCK_DIR)`);
    t.pass();
    return;
  }
  const cases = readCases();
  const failed = new Map<Case, string>();
  for (const each of cases) {
    const found = complaint(each);
    if (found !== null) failed.set(each, found);
  }
  const ofCamunda = cases.filter(({ camundaPasses }) => camundaPasses);
  const passed = cases.length - failed.size;
  const passedOfCamunda = ofCamunda.filter((each) => !failed.has(each)).length;
  t.log(
    `passed ${passed} of ${cases.length} (Camunda ${ofCamunda.length}), ` +
      `${passedOfCamunda} of the ${ofCamunda.length} that Camunda passes`,
  );
  for (const [each, reason] of failed) {
    if (exceptionOf(each) === undefined) t.fail(`${each.folder} ${each.id}: ${reason}`);
  }
  for (const each of cases) {
    if (!failed.has(each) && exceptionOf(each) !== undefined) t.fail(`${each.folder} ${each.id} is listed, but passes`);
  }
  t.true(passedOfCamunda >= ofCamunda.length * 0.98);
  t.true(passed > ofCamunda.length);
});
