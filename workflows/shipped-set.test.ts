import { readFileSync } from 'node:fs';
import test from 'ava';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { evaluateCondition, UNREADABLE } from '../domain/task/feel-condition.ts';
import { lintBpmn } from './lint/lint-bpmn.ts';
import { shippedFiles } from './shipped-files.ts';

const files = shippedFiles();
const processes = files.filter(({ kind }) => kind === 'BPMN');

const contract = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** First column of the table under a heading of the contract. */
const firstColumn = (heading: string) =>
  contract
    .split(`\n## ${heading}`)[1]!
    .split('\n## ')[0]!
    .split('\n')
    .flatMap((line) => /^\| ([a-z][\w.-]*) /.exec(line)?.[1] ?? []);
const jobTypes = firstColumn('Job types').filter((word) => word !== 'job');

/** What all processes name by an attribute, e.g. every formId. */
const named = (attribute: string) => {
  const pattern = new RegExp(`[ :]${attribute}="([^"]+)"`, 'g');
  return [
    ...new Set(processes.flatMap(({ content }) => [...content.matchAll(pattern)].map(([, name]) => name!))),
  ].toSorted();
};

interface Component {
  type: string;
  key?: string;
  label?: string;
  text?: string;
  description?: string;
  values?: { label: string; value: unknown; labelEn?: string }[];
  components?: Component[];
  conditional?: { hide?: string };
  properties?: Record<string, string>;
}
interface Form {
  id: string;
  components: Component[];
}
const forms = files
  .filter(({ kind }) => kind === 'FORM')
  .map(({ name, content }) => ({ name, ...(JSON.parse(content) as Form) }));
const everyComponent = (components: Component[]): Component[] =>
  components.flatMap((component) => [component, ...everyComponent(component.components ?? [])]);

test('the drawings break none of the rules that designers are held to', async (t) => {
  t.is(processes.length, 5);
  for (const { name, content } of processes) t.deepEqual(await lintBpmn(content, { jobTypes }), [], name);
});

test('everything that happens is drawn: each element has its place in the diagram, each flow its line', async (t) => {
  const moddle = new BpmnModdle({ zeebe });
  type Element = { id: string; $type: string; flowElements?: Element[]; [name: string]: any };
  const inside = (scope: Element): Element[] =>
    (scope.flowElements ?? []).flatMap((element) => [element, ...inside(element)]);
  for (const { name, content } of processes) {
    const { rootElement, warnings } = await moddle.fromXML(content);
    t.deepEqual(warnings, [], name);
    const definitions = rootElement as Element;
    const elements: string[] = (definitions.rootElements as Element[]).flatMap(inside).map(({ id }) => id);
    const shapes = definitions.diagrams[0].plane.planeElement as Element[];
    const drawn: string[] = shapes.map(({ bpmnElement }) => bpmnElement.id);
    t.deepEqual(drawn.toSorted(), elements.toSorted(), name);
    const collapsed = shapes.filter(
      ({ bpmnElement, isExpanded }) => bpmnElement.$type === 'bpmn:SubProcess' && !isExpanded,
    );
    t.deepEqual(collapsed, [], name);
    t.is(definitions.$attrs['modeler:executionPlatformVersion'], '8.9.0', name);
  }
});

test('a process and its parts find each other: processes called, forms, decisions', (t) => {
  const ids = (kind: string, pattern: RegExp) =>
    files
      .filter((file) => file.kind === kind)
      .map(({ content }) => pattern.exec(content)![1]!)
      .toSorted();
  t.deepEqual(named('formId'), forms.map(({ id }) => id).toSorted());
  t.deepEqual(
    forms.map(({ id }) => `${id}.form`),
    forms.map(({ name }) => name),
  );
  t.deepEqual(named('decisionId'), ids('DMN', /<decision id="([^"]+)"/));
  t.deepEqual(
    named('processId'),
    ids('BPMN', /<bpmn:process id="([^"]+)"/).filter((id) => id !== 'ticket'),
  );
});

test('what the drawings ask of workers is what the contract lists, no more and no less', (t) => {
  t.deepEqual(named('taskDefinition type').concat('liandong.task').toSorted(), jobTypes.toSorted());
});

test('every form can be read in English, and its keys are its own', (t) => {
  for (const { name, components } of forms) {
    const all = everyComponent(components);
    const keys = all.flatMap(({ key }) => key ?? []);
    t.is(new Set(keys).size, keys.length, name);
    for (const { key, label, text, description, values, properties } of all) {
      const where = `${name} ${key ?? text}`;
      t.regex(label ?? text ?? '', /\p{Script=Han}/u, where);
      t.truthy(properties?.labelEn, where);
      if (description) t.truthy(properties?.descriptionEn, where);
      for (const option of values ?? []) t.truthy(option.labelEn, `${where} ${option.label}`);
      if (values?.length === 0) t.truthy(properties?.source, where);
    }
  }
});

test('the answers that gateways wait for are the ones that forms send to the engine', (t) => {
  const sent = forms
    .flatMap(({ components }) => everyComponent(components))
    .filter(({ properties }) => properties?.processVariable === 'true');
  const text = processes.map(({ content }) => content).join('\n');
  for (const { key, values } of sent) {
    const asked = [...text.matchAll(new RegExp(`=${key} = "([A-Z_]+)"</bpmn:cond`, 'g'))].map(([, value]) => value!);
    if (values)
      t.true(asked.length > 0 && asked.every((value) => values.some((option) => option.value === value)), key);
    else t.true(text.includes(key!), key);
  }
});

test('the server can read every condition that hides a field', (t) => {
  const conditions = forms
    .flatMap(({ components }) => everyComponent(components))
    .flatMap(({ conditional }) => conditional?.hide ?? []);
  t.true(conditions.length > 10);
  for (const condition of conditions) t.not(evaluateCondition(condition, {}), UNREADABLE, condition);
});

test('nothing personal is a process variable: the answers that go to the engine are decisions', (t) => {
  const sent = forms
    .flatMap(({ components }) => everyComponent(components))
    .filter(({ properties }) => properties?.processVariable === 'true');
  t.deepEqual([...new Set(sent.map(({ type }) => type))].toSorted(), ['checkbox', 'radio']);
});

test('a drawing that breaks the rules is told so by element, in both languages', async (t) => {
  const ticket = processes.find(({ name }) => name === 'ticket.bpmn')!.content;
  const broken = ticket
    .replace('<zeebe:taskListener eventType="canceling" type="liandong.task" retries="3" />', '')
    .replace('name="如何受理？"', 'name="受理"')
    .replace('type="start-guard"', 'type="start-gard"')
    .replace('bindingType="deployment"', 'bindingType="latest"')
    .replace('name="识别重复诉求"', 'name="Find duplicates"');
  const reports = await lintBpmn(broken, { jobTypes });
  t.deepEqual(
    reports.map(({ elementId, rule, category }) => `${category} ${rule} ${elementId}`).toSorted(),
    [
      'error liandong/binding-deployment registerRequest',
      'error liandong/gateway-question howToAccept',
      'error liandong/known-job-type startGuard',
      'error liandong/user-task-listeners registerRequest',
      'warn liandong/chinese-name detectDuplicate',
    ].toSorted(),
  );
  t.true(reports.every(({ message, messageZh }) => message !== messageZh && /\p{Script=Han}/u.test(messageZh)));
  t.like((await lintBpmn('not xml'))[0], { rule: 'xml', category: 'error' });
});
