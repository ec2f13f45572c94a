import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { ProcessFile } from '../../domain/process/process-file.ts';
import { loadMessages } from '../i18n/messages.ts';
import { compareFiles } from './compare-files.ts';
import { flattenBpmn } from './flatten-model.ts';
import { formProblems } from './form-problems.ts';
import { titleOf } from './process-set.ts';

const messages = loadMessages();
const zh = messages.translator('zh-CN');
const shipped = (name: string) => readFileSync(join(import.meta.dirname, '../../workflows', name), 'utf8');

async function sentences(name: string, kind: ProcessFile['kind'], was: string, is: string, t = zh): Promise<string[]> {
  const files = await compareFiles([{ name, content: was }], [{ name, kind, content: is }], t);
  return files.flatMap(({ changes }) => changes.map(({ text }) => text));
}
const change = (was: string, ...pairs: [string, string][]) =>
  pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the file: ${from}`);
    return text.replace(from, to);
  }, was);

test('what changes in a drawing is said with the names of its elements', async (t) => {
  const was = shipped('ticket.bpmn');
  const is = change(
    was,
    ['name="单位领导审批"', 'name="领导签批"'],
    ['candidateGroups="=[leaderGroup]"', 'candidateGroups="=[unitGroup]"'],
    ['formId="sign-assignment"', 'formId="sign-it"'],
    ['=signDecision = "RETURN"', '=signDecision = "BACK"'],
    ['<zeebe:taskSchedule dueDate="=signDueAt" />', ''],
    [
      'sourceRef="checkTwoContacts" targetRef="unitLeaderApprove"',
      'sourceRef="checkTwoContacts" targetRef="isApproved"',
    ],
  );
  t.deepEqual(await sentences('ticket.bpmn', 'BPMN', was, is), [
    '用户任务“签收”的 表单 由 sign-assignment 改为 sign-it',
    '用户任务“签收”的 到期时间 去掉（原为 =signDueAt）',
    '用户任务“单位领导审批”改名为“领导签批”',
    '用户任务“领导签批”的 候选组 由 =[leaderGroup] 改为 =[unitGroup]',
    '顺序流“退单”的 条件 由 =signDecision = "RETURN" 改为 =signDecision = "BACK"',
    '顺序流“核对两次联系 → 领导签批”的 去向 由 领导签批 改为 是否同意？',
  ]);
  const [first] = await sentences('ticket.bpmn', 'BPMN', was, is, messages.translator('en'));
  t.regex(first!, /form .*sign-assignment.*sign-it/);
});

test('moving a drawing about changes nothing that a ticket would feel', async (t) => {
  const was = shipped('callback.bpmn');
  const moved = was.replace(/x="(\d+)"/g, (_, x: string) => `x="${Number(x) + 40}"`);
  t.not(moved, was);
  t.deepEqual(await sentences('callback.bpmn', 'BPMN', was, moved), []);
});

test('an element that comes or goes is named, and so is a mapping', async (t) => {
  const was = shipped('host-and-co-hosts.bpmn');
  const without = change(
    was,
    ['<bpmn:sequenceFlow id="handledToHandlingDone" sourceRef="handled" targetRef="handlingDone" />', ''],
    ['<zeebe:input source="=coHost.dueAt" target="dueAt" />', '<zeebe:input source="=coHost.due" target="dueAt" />'],
  );
  t.deepEqual(await sentences('h.bpmn', 'BPMN', was, without), [
    '子流程“协办单位一轮办理”的 输入“dueAt” 由 =coHost.dueAt 改为 =coHost.due',
    '删除顺序流“handled → 办理完毕”',
  ]);
  t.deepEqual((await sentences('h.bpmn', 'BPMN', without, was)).at(-1), '新增顺序流“handled → 办理完毕”');
});

test('fields of a form and rows of a decision table are compared too', async (t) => {
  const form = shipped('handle-request.form');
  const schema = JSON.parse(form) as { components: Record<string, unknown>[] };
  schema.components[1]!['label'] = '办得怎样';
  schema.components.push({ type: 'textfield', key: 'opinion', label: '科室意见' });
  t.deepEqual(await sentences('f.form', 'FORM', form, JSON.stringify(schema)), [
    '单选“办理结果”改名为“办得怎样”',
    '新增文本框“科室意见”',
  ]);
  const table = shipped('urgency.dmn');
  const [row] = await sentences('u.dmn', 'DMN', table, change(table, ['"EMERGENCY"', '"URGENT"']));
  t.regex(row!, /^规则“.+”的 第 \d 格 由 "EMERGENCY" 改为 "URGENT"$/);
});

test('a new file is new, an untouched one is not listed, an unreadable one is only said to be changed', async (t) => {
  const content = shipped('callback.bpmn');
  const running = [{ name: 'callback.bpmn', content }];
  t.deepEqual(await compareFiles(running, [{ ...running[0]!, kind: 'BPMN' }], zh), []);
  const files = await compareFiles(
    running,
    [
      { name: 'callback.bpmn', kind: 'BPMN', content: 'no drawing' },
      { name: 'new.form', kind: 'FORM', content: '{}' },
    ],
    zh,
  );
  t.deepEqual(
    files.map(({ name, kind, changes }) => [name, kind, changes.length]),
    [
      ['callback.bpmn', 'CHANGED', 0],
      ['new.form', 'ADDED', 0],
    ],
  );
});

test('a drawing is read element by element, its settings by path', async (t) => {
  const elements = await flattenBpmn(shipped('host-and-co-hosts.bpmn'));
  const task = elements.get('handleRequest')!;
  t.is(task.type, 'UserTask');
  t.is(task.name, '办理');
  t.is(task.properties.get('formDefinition.formId'), 'handle-request');
  t.is(task.properties.get('assignmentDefinition.candidateGroups'), '=[unitGroup]');
  t.is(elements.get('coHostHandle')!.type, 'UserTask', 'also inside a sub-process');
  await t.throwsAsync(flattenBpmn('no drawing'));
});

test('a form that a task names must be there and readable', (t) => {
  const drawing = '<zeebe:formDefinition formId="review" bindingType="deployment" />';
  const bpmn = { name: 'a.bpmn', kind: 'BPMN' as const, content: drawing };
  const form = (content: string) => ({ name: 'review.form', kind: 'FORM' as const, content });
  t.deepEqual(formProblems([bpmn, form('{"id":"review","components":[]}')]), []);
  t.deepEqual(formProblems([bpmn]), [{ field: 'a.bpmn', code: 'missingForm', params: { formId: 'review' } }]);
  t.deepEqual(
    formProblems([bpmn, form('{"id":')]).map(({ field, code }) => `${field} ${code}`),
    ['review.form brokenForm', 'a.bpmn missingForm'],
  );
});

test('a form is called like the step that it is for, and by its id while it is for none', (t) => {
  const drawing = { kind: 'BPMN' as const, content: shipped('host-and-co-hosts.bpmn') };
  const form = { kind: 'FORM' as const, content: '{}' };
  const english = messages.translator('en');
  t.is(titleOf({ ...form, name: 'host-consolidate.form' }, zh, [drawing]), '主办汇总');
  t.is(titleOf({ ...form, name: 'host-consolidate.form' }, english, [drawing]), 'Host consolidates');
  t.is(titleOf({ ...form, name: 'spare.form' }, english, [drawing]), 'spare');
  t.is(titleOf({ ...drawing, name: 'host-and-co-hosts.bpmn' }, zh), '主协办办理');
});
