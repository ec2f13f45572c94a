import type { Page } from 'playwright-core';
import { instantAt, isoAt } from '../../domain/calendar/shanghai-time.ts';
import { callersOf } from '../api/caller.ts';
import { servers } from '../app/on-each-server.ts';
import { browserTest, hallOfFile } from './hall.ts';
import { doTask } from './task-form.ts';
import { countEvents, dueOfNoise, inHand } from './ticket-in-hand.ts';

const file = hallOfFile(servers.at(-1));
let ticketNo = '';

const completion = async () =>
  (await file.hall.town.app.stores.limits.ofTicket(ticketNo)).find(({ step }) => step === 'COMPLETE')!;

/** The due date that the engine itself shows of the ticket's task, asked over its REST API. */
async function dueInEngine(): Promise<number | null> {
  const { town } = file.hall;
  const { taskKey } = await town.taskAt(ticketNo, 'handleRequest');
  const { tasks } = await town.engine.openTasks(null);
  return tasks.find((task) => task.taskKey === taskKey)?.dueAt ?? null;
}

/** Database, engine, list of tasks, ticket page with its explanation, and the page of limits say the same instant. */
async function everybodySays(dueAt: number, words: string): Promise<string[]> {
  const { hall } = file;
  const { town } = hall;
  await town.until(`the engine says ${isoAt(dueAt)}`, async () => (await dueInEngine()) === dueAt);
  const task = await town.until('the task says so', async () => {
    const found = await town.taskAt(ticketNo, 'handleRequest');
    return found.dueAt === dueAt && found;
  });
  const { page } = await hall.as('director');
  await page.goto(`/tickets/${ticketNo}`);
  await page.locator('#limits summary').last().click();
  const seen = [
    await page.locator('.head .due').innerText(),
    await page.locator('#limits').innerText(),
    await page.locator('.ticket-line').innerText(),
  ];
  const handler = (await hall.as('handler')).page;
  await handler.goto(`/tasks?task=${task.taskKey}`);
  seen.push((await handler.locator('#rows .row-task.on .left').getAttribute('title')) ?? '');
  return seen.filter((text) => !text.includes(words));
}

async function moveOnDeadlines(page: Page, dueAt: string, reason: string): Promise<void> {
  await page.goto(`/deadlines?step=COMPLETE&words=${ticketNo}`);
  const row = page.locator('tr', { hasText: ticketNo });
  await row.locator('summary').click();
  await row.locator('[name=dueAt]').fill(dueAt);
  await row.locator('[name=reason]').fill(reason);
  await Promise.all([page.waitForNavigation(), row.locator('.btn-go').click()]);
  await page.locator('.notice.green').waitFor();
}

browserTest('an admin moves a limit forward: task, alarm, ticket page, explanation and audit follow', async (t) => {
  t.timeout(180_000);
  const { hall } = file;
  ticketNo = await inHand(hall.town);
  t.is((await completion()).dueAt, dueOfNoise);
  const admin = await hall.as('admin');
  await moveOnDeadlines(admin.page, '2026-12-07T17:30', '等待厂家发货');
  t.deepEqual(await everybodySays(instantAt('2026-12-07', '17:30'), '12-07'), []);
  const { page } = await hall.as('director');
  t.true((await page.locator('#limits').innerText()).includes('等待厂家发货'), 'the explanation names the reason');
  // Half of five working days was Thursday morning; half of ten is Monday: the old alarm keeps still.
  await hall.town.clock.moveTo(instantAt('2026-11-26', '08:46'));
  t.is(await countEvents(hall.town, ticketNo, 'unitReminded'), 0);
  t.deepEqual(admin.complaints, []);
});

browserTest('an admin moves it back: the alarm rings by the new time', async (t) => {
  t.timeout(180_000);
  const { hall } = file;
  const admin = await hall.as('admin');
  await moveOnDeadlines(admin.page, '2026-11-27T17:30', '厂家提前发货');
  t.deepEqual(await everybodySays(instantAt('2026-11-27', '17:30'), '11-27'), []);
  await hall.town.until('the reminder', async () => (await countEvents(hall.town, ticketNo, 'unitReminded')) === 1);
  t.is(await countEvents(hall.town, ticketNo, 'deadlineAdjusted'), 2);
  const { page } = await hall.as('director');
  await page.goto(`/tickets/${ticketNo}?kind=deadline`);
  const line = await page.locator('.ticket-line').innerText();
  for (const words of ['系统管理员', '等待厂家发货', '厂家提前发货']) t.true(line.includes(words), line);
});

browserTest('a program moves it through /api, and everything agrees again', async (t) => {
  t.timeout(120_000);
  const admin = await callersOf(file.hall.town)('admin');
  const dueAt = '2026-12-01T17:30:00+08:00';
  const { status, body } = await admin.put(`/api/tickets/${ticketNo}/deadline`, { dueAt, reason: '会商决定' });
  t.is(status, 200, JSON.stringify(body));
  t.is(Date.parse(body.dueAt), Date.parse(dueAt));
  t.deepEqual(await everybodySays(Date.parse(dueAt), '12-01'), []);
  const refused = await admin.put(`/api/tickets/${ticketNo}/deadline`, { dueAt, reason: '' });
  t.is(refused.status, 400);
});

browserTest('a unit asks for an extension on the ticket page; the centre decides in its task list', async (t) => {
  t.timeout(180_000);
  const { hall } = file;
  const before = (await completion()).dueAt!;
  const { page } = await hall.as('handler');
  await page.goto(`/tickets/${ticketNo}`);
  await page.locator('[data-opens="#act-requestExtension"]').click();
  await page.fill('#requestExtension-days', '2');
  await page.fill('#requestExtension-reason', '需等待主管部门审批方案');
  await page.locator('#act-requestExtension .btn-go').click();
  await page.waitForURL(/done=requestExtension/);
  const dispatcher = await hall.as('dispatcher');
  await doTask(hall, dispatcher.page, ticketNo, 'approveExtension', {
    extensionDecision: 'APPROVE',
    approvedWorkingDays: 2,
    decisionNote: '同意，期间向诉求人说明',
  });
  await hall.town.until('the later due time', async () => ((await completion()).dueAt ?? 0) > before);
  const after = (await completion()).dueAt!;
  t.is(isoAt(after), '2026-12-03T17:30:00+08:00');
  t.deepEqual(await everybodySays(after, '12-03'), []);
  await page.goto(`/tickets/${ticketNo}`);
  t.true((await page.locator('.ticket-right').innerText()).includes('同意，期间向诉求人说明'));
});
