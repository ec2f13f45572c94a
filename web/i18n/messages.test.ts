import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'ava';
import { DEADLINE_POLICY } from '../../domain/deadline/deadline-policy.ts';
import { DEFAULT_CALENDAR } from '../../domain/defaults/calendar-years.ts';
import { DISPATCH_RULES } from '../../domain/defaults/dispatch-rules.ts';
import { LIMIT_RULES } from '../../domain/defaults/limit-rules.ts';
import { templateFiles } from '../view/views.ts';
import { LOCALES, loadMessages, shippedName } from './messages.ts';

const web = join(import.meta.dirname, '..');
const messages = loadMessages();
const CHINESE = /\p{Script=Han}/u;

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(file);
    return file.endsWith('.ts') && !file.endsWith('.test.ts') ? [file] : [];
  });
}
const areaFiles = (locale: string) =>
  readdirSync(join(web, 'messages', locale)).filter((name) => name.endsWith('.json'));
const area = (locale: string, file: string) =>
  JSON.parse(readFileSync(join(web, 'messages', locale, file), 'utf8')) as Record<string, string>;
/** `message` and `messageEn` say the same thing in two languages. */
const parametersOf = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => (name ?? '').replace(/En$/, '')).sort();

test('both languages have the same areas, keys and parameters', (t) => {
  const [first, second] = LOCALES;
  t.deepEqual(areaFiles(first), areaFiles(second));
  for (const file of areaFiles(first)) {
    const one = area(first, file);
    const other = area(second, file);
    t.deepEqual(Object.keys(one).sort(), Object.keys(other).sort(), file);
    for (const [key, text] of Object.entries(one))
      t.deepEqual([...new Set(parametersOf(text))], [...new Set(parametersOf(other[key] ?? ''))], `${file} ${key}`);
  }
});

test('no key is in two areas of a language: one would silently win', (t) => {
  for (const locale of LOCALES) {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const file of areaFiles(locale)) {
      for (const key of Object.keys(area(locale, file))) {
        if (seen.has(key)) twice.push(`${key}: ${seen.get(key)} and ${file}`);
        seen.set(key, file);
      }
    }
    t.deepEqual(twice, [], locale);
  }
});

test('every key that a template or a page names is there in both languages', (t) => {
  const named = new Map<string, string>();
  for (const file of templateFiles()) {
    for (const [, key = ''] of readFileSync(file, 'utf8').matchAll(/\(?\bt "([\w.-]+)"/g))
      named.set(key, relative(web, file));
  }
  for (const file of sourceFiles(web)) {
    const text = readFileSync(file, 'utf8');
    for (const [, key = ''] of text.matchAll(/\bt\(\s*'([\w.-]+)'/g)) named.set(key, relative(web, file));
    for (const [, key = ''] of text.matchAll(/titleKey: '([\w.-]+)'/g)) named.set(key, relative(web, file));
    for (const [, key = ''] of text.matchAll(/\bsay\(\s*'([\w.-]+)'/g))
      named.set(`browser.${key}`, relative(web, file));
  }
  t.true(named.size > 100);
  for (const locale of LOCALES) {
    t.deepEqual(
      [...named].filter(([key]) => !messages.has(locale, key)).map(([key, file]) => `${file}: ${key}`),
      [],
      locale,
    );
  }
});

/** The modeler's own words are keyed by its English ones: a dictionary of its library, not of ours. */
const DICTIONARIES = /modeler\/zh-[\w-]+\.ts$/;

test('no Chinese stands in a template or a page outside the messages', (t) => {
  const files = [...templateFiles(), ...sourceFiles(web)].filter((file) => !DICTIONARIES.test(file));
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.replace('联动 Liandong', '').replace(/\/\*.*?\*\/|^\s*(\/\/|\*|\/\*).*|\/\/.*$/g, ''))
      .filter((line) => CHINESE.test(line))
      .map((line) => `${relative(web, file)}: ${line.trim().slice(0, 60)}`),
  );
  t.deepEqual(found, []);
});

test('every event, notification, audit entry and refusal of the domain has its words', (t) => {
  const domain = join(web, '..', 'domain');
  const missing: string[] = [];
  const demand = (file: string, ...keys: string[]) => {
    if (!keys.some((key) => messages.has('zh-CN', key)))
      missing.push(`${relative(domain, file)}: ${keys.join(' or ')}`);
  };
  for (const file of sourceFiles(domain)) {
    const text = readFileSync(file, 'utf8');
    for (const [, code] of text.matchAll(/new Conflict\(\s*'(\w+)'/g)) demand(file, `error.conflict.${code}`);
    for (const [, code] of text.matchAll(/new NotAllowed\(\s*'(\w+)'/g)) demand(file, `error.notAllowed.${code}`);
    for (const [, kind] of text.matchAll(/new NotFound\(\s*'(\w+)'/g)) demand(file, `error.notFound.${kind}`);
    for (const [, code] of text.matchAll(/checks\.add\([^,()]+,\s*'(\w+)'/g)) demand(file, `error.invalid.${code}`);
    for (const [, code] of text.matchAll(/\{ field: [^,]+, code: '(\w+)'/g)) demand(file, `error.invalid.${code}`);
    for (const [, call = ''] of text.matchAll(/recordEvent\(([\s\S]*?)\}\);/g)) {
      for (const [, type] of call.matchAll(/\btype: '(\w+)'/g)) demand(file, `event.${type}`);
    }
    for (const [, call = ''] of text.matchAll(/notify(?:Group|Requester)\(([\s\S]*?)\}\);/g)) {
      for (const [, type] of call.matchAll(/\btype: '(\w+)'/g)) demand(file, `notification.${type}`);
    }
    for (const [, call = ''] of text.matchAll(/recordAudit\(([\s\S]*?)\}\);/g)) {
      for (const [, action] of call.matchAll(/\baction: '(\w+)'/g)) demand(file, `audit.${action}`);
    }
  }
  t.deepEqual(missing, []);
});

test('whatever a city is shipped with has an English name, and no name is left over', (t) => {
  const named = readdirSync(join(web, '..', 'workflows'))
    .filter((name) => /\.(bpmn|dmn)$/.test(name))
    .flatMap((name) => [...readFileSync(join(web, '..', 'workflows', name), 'utf8').matchAll(/ name="([^"]+)"/g)])
    .map(([, name = '']) => name);
  const shipped = new Set([
    ...named,
    ...DISPATCH_RULES.flatMap(({ name, source }) => [name, source]),
    ...LIMIT_RULES.map(({ source }) => source),
    ...Object.values(DEADLINE_POLICY).map(({ source }) => source),
    ...DEFAULT_CALENDAR.days.map(({ name }) => name ?? ''),
  ]);
  const english = messages.translator('en');
  const chinese = [...shipped].filter((name) => CHINESE.test(name));
  t.deepEqual(
    chinese.filter((name) => CHINESE.test(shippedName(name, english))),
    [],
  );
  t.is(shippedName('审核派单', messages.translator('zh-CN')), '审核派单');
  t.is(shippedName('科室复核', english), '科室复核', 'a designer’s own word is not translated');
  const names = JSON.parse(readFileSync(join(web, 'messages', 'shipped-names.en.json'), 'utf8')) as object;
  t.deepEqual(
    Object.keys(names).filter((name) => !shipped.has(name)),
    [],
  );
  // They are put into the drawing's XML as they are.
  t.deepEqual(
    Object.values(names).filter((name) => /[<>&"]/.test(String(name))),
    [],
  );
});

test('a part of a sentence that has nothing to say is left out', (t) => {
  const zh = messages.translator('zh-CN');
  const told = (coHostUnitCodes: string) =>
    zh('event.dispatchDecided', { hostUnitCode: '市供热公司', coHostUnitCodes, urgency: '一般' });
  t.is(told('市自来水公司'), '审核派单：主办 市供热公司，协办 市自来水公司，一般');
  t.is(told('—'), '审核派单：主办 市供热公司，一般');
});
