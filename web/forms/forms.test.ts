import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadViews } from '../view/views.ts';
import { loadMessages } from '../i18n/messages.ts';
import { type FormViewInput, formView } from './form-view.ts';
import { readAnswers } from './read-answers.ts';

const messages = loadMessages();
const views = loadViews();
const render = (input: Partial<FormViewInput> & Pick<FormViewInput, 'schema'>) =>
  views.render('forms/fields', {
    t: messages.translator(input.locale ?? 'zh-CN'),
    fields: formView({ data: {}, context: {}, problems: [], options: {}, locale: 'zh-CN', ...input }),
  });

/** A form that no code of ours knows: what a designer may draw tomorrow. */
const unknown = {
  components: [
    { type: 'text', text: '# 现场勘查\n请**如实**填写<script>' },
    {
      type: 'textfield',
      key: 'meter',
      label: '表号',
      validate: { required: true, maxLength: 12 },
      properties: { labelEn: 'Meter' },
    },
    { type: 'number', key: 'degrees', label: '室温', validate: { min: 0, max: 40 } },
    { type: 'checkbox', key: 'leaks', label: '有漏水' },
    {
      type: 'radio',
      key: 'grade',
      label: '等级',
      values: [
        { label: '轻', value: 1 },
        { label: '重', value: 2 },
      ],
      properties: { widget: 'choice' },
    },
    { type: 'select', key: 'unit', label: '单位', properties: { source: 'units' } },
    {
      type: 'checklist',
      key: 'parts',
      label: '部件',
      values: [
        { label: '阀门', value: 'valve' },
        { label: '管道', value: 'pipe' },
      ],
    },
    { type: 'taglist', key: 'helpers', label: '协作', properties: { source: 'units' } },
    { type: 'datetime', key: 'seenAt', subtype: 'datetime', dateLabel: '勘查时间' },
    {
      type: 'group',
      label: '维修',
      components: [{ type: 'textarea', key: 'repair', label: '维修意见', conditional: { hide: '=leaks != true' } }],
    },
    { type: 'separator' },
    { type: 'spacer' },
    { type: 'iframe', url: 'https://evil.example' },
  ],
};
const options = {
  units: [
    { value: 'heating', label: '市热力公司' },
    { value: 'water', label: '市自来水公司' },
  ],
};

test('a form that nobody wrote code for is drawn with all its fields', (t) => {
  const html = render({
    schema: unknown,
    options,
    data: { grade: 2, helpers: ['water'], seenAt: '2026-11-23T10:00:00+08:00' },
  });
  for (const key of ['meter', 'degrees', 'leaks', 'grade', 'unit', 'parts', 'helpers', 'seenAt', 'repair'])
    t.regex(html, new RegExp(`name="${key}"`), key);
  t.regex(html, /市热力公司/);
  t.regex(html, /value="2" data-json checked/);
  t.regex(html, /value="2026-11-23T10:00"/);
  t.notRegex(html, /<script>|iframe|evil/);
});

test('labels follow the reader’s language where the designer gave both', (t) => {
  t.regex(render({ schema: unknown, locale: 'en' }), />Meter</);
  t.regex(render({ schema: unknown, locale: 'zh-CN' }), />表号</);
});

test('a field whose condition holds is hidden before the browser has run anything', (t) => {
  t.regex(render({ schema: unknown }), /data-field="repair" data-hide="leaks !&#x3D; true" hidden/);
  t.notRegex(render({ schema: unknown, data: { leaks: true } }), /data-field="repair"[^>]* hidden/);
});

test('what a browser sends becomes what the schema means', (t) => {
  t.deepEqual(
    readAnswers(unknown, {
      _csrf: 'x',
      meter: 'A-1',
      degrees: '14.5',
      leaks: 'true',
      grade: '2',
      unit: 'heating',
      parts: 'valve',
      helpers: ['heating', 'water'],
      seenAt: '2026-11-23T10:00',
      repair: '换阀门',
    }),
    {
      meter: 'A-1',
      degrees: 14.5,
      leaks: true,
      grade: 2,
      unit: 'heating',
      parts: ['valve'],
      helpers: ['heating', 'water'],
      seenAt: '2026-11-23T10:00:00+08:00',
      repair: '换阀门',
    },
  );
  t.deepEqual(readAnswers(unknown, {}), { leaks: false, parts: [], helpers: [] });
});

test('every form of the shipped processes is drawn in both languages without a field left out', (t) => {
  const folder = join(import.meta.dirname, '..', '..', 'workflows');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.form'))) {
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { components: { key?: string }[] };
    for (const locale of ['zh-CN', 'en'] as const) {
      const html = render({ schema, locale, options: { units: options.units } });
      for (const { key } of schema.components) if (key) t.true(html.includes(`data-field="${key}"`), `${file} ${key}`);
      if (locale === 'en')
        t.notRegex(html.replace(/value="[^"]*"|市\p{Script=Han}+/gu, ''), /\p{Script=Han}/u, `${file} in English`);
    }
  }
});
