import test from 'ava';
import fc from 'fast-check';
import { FieldChecks } from '../errors/field-checks.ts';
import { checkFormAnswers } from './check-form-answers.ts';
import { elementOutline } from './element-outline.ts';
import { evaluateCondition, UNREADABLE } from './feel-condition.ts';
import { processVariablesOf } from './form-schema.ts';

const schema = {
  type: 'default',
  components: [
    { type: 'text', text: 'a hint' },
    {
      type: 'radio',
      key: 'decision',
      validate: { required: true },
      values: [{ value: 'SIGN' }, { value: 'RETURN' }],
      properties: { processVariable: 'true' },
    },
    {
      type: 'group',
      conditional: { hide: '=decision != "RETURN"' },
      components: [
        { type: 'textarea', key: 'reason', validate: { required: true, minLength: 5, maxLength: 10 } },
        { type: 'select', key: 'unit', properties: { source: 'units' } },
      ],
    },
    { type: 'number', key: 'days', validate: { min: 1, max: 3 } },
    { type: 'taglist', key: 'units', properties: { source: 'units' } },
    { type: 'datetime', key: 'day', subtype: 'date' },
    { type: 'textfield', key: 'code', validate: { pattern: '^[a-z]+$' } },
    {
      type: 'radio',
      key: 'channel',
      defaultValue: 'PHONE',
      validate: { required: true },
      values: [{ value: 'PHONE' }],
    },
    { type: 'checkbox', key: 'sure', validate: { required: true }, conditional: { hide: '=some function(decision)' } },
  ],
};

function check(answers: Record<string, unknown>) {
  const checks = new FieldChecks();
  const clean = checkFormAnswers(checks, schema, answers, { units: ['water', 'heating'] });
  return { clean, problems: checks.problems.map(({ field, code }) => `${field} ${code}`).toSorted() };
}

test('an answer is cleaned: trimmed, filled with what the form holds, hidden and empty fields left out', (t) => {
  const { clean, problems } = check({
    decision: 'SIGN',
    reason: 'hidden, so it does not count',
    days: '2',
    unit: '',
    code: ' abc ',
  });
  t.deepEqual(problems, []);
  t.deepEqual(clean, { decision: 'SIGN', days: 2, code: 'abc', channel: 'PHONE' });
});

test('every broken field is named at once', (t) => {
  const { problems } = check({
    decision: 'RETURN',
    reason: '短',
    unit: 'moon',
    days: 9,
    units: ['water', 'moon'],
    day: 'someday',
    code: 'A1',
    channel: 'TELEX',
    surprise: 1,
  });
  t.deepEqual(problems, [
    'channel notAnOption',
    'code badFormat',
    'day notADate',
    'days tooLarge',
    'reason tooShort',
    'surprise unknownField',
    'unit notAnOption',
    'units notAnOption',
  ]);
  t.deepEqual(check({}).problems, ['decision required']);
});

test('a condition the server cannot read may be hiding its field: nothing is demanded of it', (t) => {
  t.deepEqual(check({ decision: 'SIGN', sure: false }).problems, []);
  t.deepEqual(check({ decision: 'SIGN', sure: 'yes' }).problems, ['sure notYesOrNo']);
});

test('only fields marked as process variables go to the engine', (t) => {
  t.deepEqual(processVariablesOf(schema, { decision: 'RETURN', reason: '说给人听的话' }), { decision: 'RETURN' });
});

test('conditions of forms mean what FEEL means by them', (t) => {
  const data = { a: 'X', n: 3, yes: true, list: ['p', 'q'], inner: { b: 1 } };
  const truths: [string, unknown][] = [
    ['=a = "X"', true],
    ['=a != "X"', false],
    ['=missing != true', true],
    ['=missing = null', true],
    ['=missing is null', true],
    ['=n >= 3 and n < 4', true],
    ['=missing < 4', null],
    ['=missing < 4 or yes', true],
    ['=not(yes)', false],
    ['=(a = "Y" or a = "X") and n > 1', true],
    ['=list contains(list, "q")', true],
    ['=count(list) = 2', true],
    ['=inner.b = 1', true],
    ['=a in ("Y", "X")', true],
    ['=is defined(missing)', false],
    ['=-1 < n', true],
    ['=n = "3"', null],
    ['=for x in list return x', UNREADABLE],
    ['=a = ', UNREADABLE],
    ['=a = "X" )', UNREADABLE],
  ];
  for (const [expression, expected] of truths) t.is(evaluateCondition(expression, data), expected, expression);
  fc.assert(fc.property(fc.string(), (text) => (evaluateCondition(text, data), true)));
});

test('a task is named as its element is drawn', (t) => {
  const xml = `<bpmn:process><bpmn:userTask id="other" name="别的" /><bpmn:userTask name="签收 &amp; 退单&#10;一步" id="sign">
    <bpmn:extensionElements><zeebe:formDefinition formId="sign-assignment" bindingType="deployment" /></bpmn:extensionElements>
    </bpmn:userTask><bpmn:userTask id="later"><zeebe:formDefinition formId="x" /></bpmn:userTask></bpmn:process>`;
  t.deepEqual(elementOutline(xml, 'sign'), { name: '签收 & 退单 一步', formId: 'sign-assignment' });
  t.deepEqual(elementOutline(xml, 'other'), { name: '别的', formId: null });
  t.deepEqual(elementOutline(xml, 'nowhere'), { name: null, formId: null });
});
