import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Actor } from '../../domain/account/actor.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { sampleTask } from '../../store/testing/samples.ts';
import { type Browser, MONDAY_10, openTestWeb, type TestWeb } from '../testing/test-web.ts';

const agent: Actor = {
  accountId: 'agent-01',
  displayName: '王',
  roles: ['agent'],
  unitCode: null,
  divisionCode: null,
  groups: [],
};
const WORKFLOWS = join(import.meta.dirname, '..', '..', 'workflows');

let web: TestWeb;
let li: Browser;
let zhou: Browser;
let count = 0;
test.before(async () => {
  web = await openTestWeb();
  await web.addAccount({ accountId: 'li', displayName: '李建国', roles: ['dispatcher'] });
  await web.addAccount({ accountId: 'zhou', displayName: '周', roles: ['dispatcher'] });
  await web.addAccount({ accountId: 'handler', roles: ['handler'], unitCode: 'heating' });
  await deployForm('notify-by-phone');
  li = await web.signIn('li');
  zhou = await web.signIn('zhou');
});
test.after.always(() => web.close());

async function deployForm(formId: string): Promise<void> {
  const schema = JSON.parse(readFileSync(join(WORKFLOWS, `${formId}.form`), 'utf8')) as Record<string, unknown>;
  await web.app.transaction((stores) =>
    stores.processes.insertDeployment(
      { deploymentId: 'd1', deployedAt: MONDAY_10, deployedBy: 'system', note: '', deploymentKey: '1', files: [] },
      [],
      [{ formKey: formId, formId, version: 1, deploymentId: 'd1', schema }],
    ),
  );
}

/** A ticket with one open task of the command centre: 电话告知. */
async function openTask(title = '锦苑小区室温14度'): Promise<{ taskKey: string; ticketNo: string }> {
  const { ticketNo } = await openTicket(web.app, agent, {
    channel: 'PHONE',
    title,
    content: '连续三天室温14度',
    requestType: 'HELP',
    categoryCode: '050101',
    divisionCode: '140602',
    intakeOutcome: 'FORWARD',
    caller: { phone: '13800000001' },
  });
  count += 1;
  const taskKey = String(2251799813685000 + count);
  await web.app.transaction((stores) =>
    stores.tasks.upsert(
      sampleTask(taskKey, ticketNo, {
        name: '电话告知',
        elementId: 'notifyByPhone',
        formKey: 'notify-by-phone',
        formId: 'notify-by-phone',
        candidateGroups: ['command-centre'],
        assignee: null,
        assignmentNo: null,
        state: 'CREATED',
        limitId: null,
        dueAt: MONDAY_10 + 3_600_000,
      }),
    ),
  );
  return { taskKey, ticketNo };
}
const form = (browser: Browser, path: string, body: Record<string, unknown>) =>
  browser.agent
    .post(path)
    .type('form')
    .set('hx-request', 'true')
    .send({ _csrf: browser.csrf, ...body });
const note = '已协调住建局与热力公司现场会商，明日上午共同到场处置。';

test('the list shows what is to be done, soonest first, and the open task with its form beside it', async (t) => {
  const { taskKey, ticketNo } = await openTask();
  const { text } = await li.agent.get(`/tasks?task=${taskKey}`).expect(200);
  t.true(text.includes(`data-key="${taskKey}"`));
  t.true(text.includes(ticketNo));
  t.regex(text, /还剩 1 小时/);
  t.regex(text, /name="note"/);
  t.regex(text, /138\*\*\*\*0001/);
  t.notRegex(text, /13800000001/);
});

test('a form that is not right comes back with what was typed, and says what is wrong at the field', async (t) => {
  const { taskKey } = await openTask();
  const answer = await form(li, `/tasks/${taskKey}/complete`, { note: '' });
  t.is(answer.status, 422);
  t.regex(answer.text, /role="alert"/);
  t.regex(answer.text, /aria-invalid="true"/);
  t.regex(answer.text, /此项必填/);
});

test('a task done opens the next one and is told as done; a second click does it once', async (t) => {
  const { taskKey } = await openTask('要做两次的任务');
  const twice = await Promise.all([
    form(li, `/tasks/${taskKey}/complete`, { note }),
    form(li, `/tasks/${taskKey}/complete`, { note }),
  ]);
  t.deepEqual(
    twice.map(({ status }) => status),
    [200, 200],
  );
  const done = JSON.parse(twice[0]?.headers['hx-trigger'] ?? '{}') as {
    'task-done': { taskKey: string; words: string };
  };
  t.is(done['task-done'].taskKey, taskKey);
  t.is(decodeURIComponent(done['task-done'].words), '已完成：电话告知 · 要做两次的任务');
  const task = await web.app.stores.tasks.find(taskKey);
  t.is(task?.completedBy, 'li');
  const answers = await web.app.stores.taskAnswers.ofTicket(task?.ticketNo ?? '');
  t.is(answers.length, 1);
});

test('who comes second is told who was first, and keeps what they typed', async (t) => {
  const { taskKey } = await openTask();
  await form(li, `/tasks/${taskKey}/complete`, { note });
  const late = await form(zhou, `/tasks/${taskKey}/complete`, { note: '我也写了很长的协调意见，不能丢。' });
  t.is(late.status, 422);
  t.regex(late.text, /李建国/);
  t.regex(late.text, /我也写了很长的协调意见，不能丢。/);
});

test('a ticket changed meanwhile is looked at again before the task is done, with the text still there', async (t) => {
  const { taskKey, ticketNo } = await openTask();
  const ticket = await web.app.stores.tickets.find(ticketNo);
  await web.app.transaction((stores) => stores.tickets.update(ticketNo, ticket?.version ?? 0, { urgency: 'URGENT' }));
  const answer = await form(li, `/tasks/${taskKey}/complete`, {
    note,
    expectedVersion: ticket?.version,
  });
  t.is(answer.status, 422);
  t.regex(answer.text, /被别人改动过/);
  t.true(answer.text.includes(note));
  const again = /name="expectedVersion" value="(\d+)"/.exec(answer.text)?.[1];
  t.is((await form(li, `/tasks/${taskKey}/complete`, { note, expectedVersion: again })).status, 200);
});

test('what is typed is kept on the server for its author alone', async (t) => {
  const { taskKey } = await openTask();
  const put = (browser: Browser) =>
    browser.agent.put(`/tasks/${taskKey}/draft`).set('x-csrf-token', browser.csrf).send({ note: '写到一半的意见' });
  t.is((await put(li)).status, 200);
  t.regex((await li.agent.get(`/tasks/${taskKey}/pane`)).text, /写到一半的意见/);
  t.notRegex((await zhou.agent.get(`/tasks/${taskKey}/pane`)).text, /写到一半的意见/);
  t.is((await li.agent.put(`/tasks/${taskKey}/draft`).send({ note: 'x' })).status, 403);
});

test('a task claimed by one is not done by another', async (t) => {
  const { taskKey } = await openTask();
  t.is((await form(li, `/tasks/${taskKey}/claim`, {})).status, 200);
  const other = await zhou.agent.get(`/tasks/${taskKey}/pane`);
  t.regex(other.text, /此任务由 李建国 领取/);
  t.notRegex(other.text, /data-complete/);
  t.is((await form(zhou, `/tasks/${taskKey}/complete`, { note })).status, 422);
  t.is((await form(li, `/tasks/${taskKey}/unclaim`, {})).status, 200);
});

test('a task of other groups is not there', async (t) => {
  const { taskKey } = await openTask();
  const handler = await web.signIn('handler');
  t.is((await handler.agent.get(`/tasks/${taskKey}/pane`)).status, 404);
  t.is((await form(handler, `/tasks/${taskKey}/complete`, { note })).status, 404);
});

test('the list’s state is in its address, and counts tell what is there now', async (t) => {
  const { taskKey } = await openTask('供热管网漏水');
  const found = await li.agent.get(`/tasks?queue=group&words=${encodeURIComponent('管网')}&sort=-createdAt`);
  t.regex(found.text, /value="管网"/);
  t.true(found.text.includes(taskKey));
  t.regex(found.text, /<option value="-createdAt" selected>/);
  const { body } = (await li.agent.get('/tasks/state')) as { body: { counts: { mine: number }; keys: string[] } };
  t.true(body.keys.includes(taskKey));
  t.true(body.counts.mine >= 1);
});
