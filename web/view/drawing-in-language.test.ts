import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadMessages } from '../i18n/messages.ts';
import { drawingInLanguage } from './drawing-in-language.ts';

const messages = loadMessages();
const shipped = (name: string) => readFileSync(join(import.meta.dirname, '../../workflows', name), 'utf8');
const labels = (xml: string) =>
  [...xml.matchAll(/<bpmndi:BPMNLabel>\s*<dc:Bounds x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );

test('a Chinese reader sees the file as it is', async (t) => {
  const xml = shipped('ticket.bpmn');
  t.is(await drawingInLanguage(xml, messages.translator('zh-CN')), xml);
});

test('an English reader sees English names, with room for them, and a designer’s own word as it was written', async (t) => {
  const xml = shipped('callback.bpmn').replaceAll('下达返工', '科室复核');
  const drawing = await drawingInLanguage(xml, messages.translator('en'));
  t.regex(drawing, /name="Call the requester back"/);
  t.regex(drawing, /name="科室复核"/);
  t.is(drawing.replaceAll('科室复核', '').match(/name="[^"]*\p{Script=Han}/gu), null);
  const [was, is] = [labels(xml), labels(drawing)];
  t.is(is.length, was.length);
  t.true(is.every(([, , width = 0], at) => width >= was[at]![2]!));
  t.true(
    is.every(([, , width = 0]) => width >= 20),
    'no word of two letters is broken',
  );
  t.is(await drawingInLanguage(xml, messages.translator('en')), drawing);
});
