import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { translateModule } from '../web/browser/modeler/translate.ts';
import { zhDecision } from '../web/browser/modeler/zh-decision.ts';
import { zhPlaces } from '../web/browser/modeler/zh-places.ts';

const packages = join(import.meta.dirname, '../node_modules');
type Say = (words: string) => string;
const speaker = (chinese?: Record<string, string>) =>
  (translateModule('zh-CN', chinese) as { translate: [string, Say] }).translate[1];

/** Why a word of a panel may stay as it is. */
const left: Record<string, string> = {
  BPMN: 'a name',
  ID: 'said so in Chinese too',
  'HELLO {you}': 'an example in a comment of diagram-js',
  'Could not load configurations': 'connectors in Camunda’s cloud: our editor has none',
  'Incompatible configuration type': 'the same',
  'Version {version} · Requires version {minimumVersion}+': 'the same',
  'Not found on cluster': 'the same',
  'Configuration not found': 'the same',
  'No cluster connected': 'the same',
  'Choose {configuration}': 'the same',
  'Refreshing configurations...': 'the same',
  Configurations: 'the same',
  'No compatible configurations are available in the connected cluster': 'the same',
};

/** Literal keys that the code hands to its translate service. */
function keysIn(code: string): string[] {
  const calls = code.matchAll(/\b_?translate\)?\(\s*(?:'((?:[^'\\\n]|\\.)+)'|"([^"\n]+)")/g);
  return [...calls].map(([, single, double]) => (single ?? double!).replaceAll("\\'", "'")).filter(isWords);
}
const isWords = (key: string) => /[A-Za-z]{2}/.test(key) && !key.startsWith(' +');

function codeOf(folder: string): string {
  const files = readdirSync(join(packages, folder), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith('.js') && !/umd|prod/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}

/** The bundle holds the panel of Camunda Platform 7 too, behind ours; we do not load it. */
function zeebePanel(): string {
  const code = readFileSync(join(packages, 'bpmn-js-properties-panel/dist/index.esm.js'), 'utf8');
  const end = code.indexOf('ZeebePropertiesProvider.$inject');
  if (end < 0) throw new Error('the panel’s bundle is made differently: look where our part of it ends');
  return code.slice(0, end);
}

const untranslated = (code: string, say: Say) =>
  [...new Set(keysIn(code))].filter((key) => say(key) === key && !(key in zhPlaces) && !(key in left));

test('every word of the modeler and its properties panel has its Chinese', (t) => {
  const say = speaker();
  const code = [
    codeOf('bpmn-js/lib'),
    codeOf('diagram-js/lib'),
    zeebePanel(),
    codeOf('@bpmn-io/properties-panel/dist'),
    codeOf('bpmn-js-element-templates/dist'),
    codeOf('bpmn-js-create-append-anything/dist'),
    codeOf('@bpmn-io/element-template-chooser/dist'),
    codeOf('@camunda/example-data-properties-provider/lib'),
    codeOf('camunda-bpmn-js/lib'),
  ].join('\n');
  t.true(keysIn(code).length > 400, 'the keys are found');
  t.deepEqual(untranslated(code, say), []);
});

test('every word of the decision editor has its Chinese', (t) => {
  const parts = ['shared', 'drd', 'decision-table', 'literal-expression', 'boxed-expression'];
  const code = parts.map((part) => codeOf(`dmn-js-${part}/lib`)).join('\n');
  t.true(keysIn(code).length > 100, 'the keys are found');
  t.deepEqual(untranslated(code, speaker(zhDecision)), []);
});
