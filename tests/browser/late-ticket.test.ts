import type { Page } from 'playwright-core';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { servers } from '../app/on-each-server.ts';
import { browserTest, hallOfFile } from './hall.ts';
import { doTask } from './task-form.ts';
import { countEvents, dueOfNoise, inHand } from './ticket-in-hand.ts';

const file = hallOfFile(servers.at(-1));

async function pressClock(page: Page, step: 'hour' | 'workingDay' | 'deadline' | 'reset'): Promise<void> {
  await page.locator('summary:has(.ti-clock-play)').click();
  await Promise.all([
    page.waitForNavigation(),
    page.locator(`form[action="/demo-clock"] button[value=${step}]`).click(),
  ]);
}

async function bellOf(page: Page): Promise<string> {
  await page.goto('/tasks');
  await page.locator('[data-notifications] summary').click();
  await page.locator('#notifications a.note-row').first().waitFor();
  return page.locator('#notifications').innerText();
}

let ticketNo = '';
const happened = (type: string, times: number) =>
  file.hall.town.until(
    `${type} ${times} times`,
    async () => (await countEvents(file.hall.town, ticketNo, type)) === times,
  );

browserTest('a unit is reminded when half and when 80 % of the limit is used, not a minute earlier', async (t) => {
  t.timeout(180_000);
  const { town } = file.hall;
  ticketNo = await inHand(town);
  const due = (await town.app.stores.limits.ofTicket(ticketNo)).find(({ step }) => step === 'COMPLETE');
  t.is(due?.dueAt, dueOfNoise);
  await town.clock.moveTo(instantAt('2026-11-26', '08:40'));
  t.is(await countEvents(town, ticketNo, 'unitReminded'), 0);
  await town.clock.moveTo(instantAt('2026-11-26', '08:45'));
  await happened('unitReminded', 1);
  await town.clock.moveTo(instantAt('2026-11-27', '16:12'));
  await happened('unitReminded', 2);
  const { page } = await file.hall.as('handler');
  const bell = await bellOf(page);
  t.true(bell.includes('提醒') && bell.includes(ticketNo), bell);
  await page.locator('#rows .row-task', { hasText: ticketNo }).waitFor();
});

browserTest('when it is due the unit is urged, and everybody sees that it is late', async (t) => {
  t.timeout(180_000);
  const { hall } = file;
  const supervisor = await hall.as('supervisor');
  await supervisor.page.goto('/supervision');
  await pressClock(supervisor.page, 'deadline');
  await happened('unitUrged', 1);
  t.true(hall.town.clock.now() > dueOfNoise);
  await supervisor.page.goto('/supervision');
  await supervisor.page.locator('tr.late', { hasText: ticketNo }).waitFor();
  const { page } = await hall.as('handler');
  t.true((await bellOf(page)).includes('催办'));
  await page.locator('#rows .row-task.late', { hasText: ticketNo }).waitFor();
  t.true((await bellOf((await hall.as('leader')).page)).includes('催办'), 'the leader hears of it too');
});

browserTest(
  'one working day later a supervision order is issued; the unit replies, the supervisor verifies',
  async (t) => {
    t.timeout(240_000);
    const { hall } = file;
    const { town } = hall;
    await town.clock.moveTo(instantAt('2026-12-01', '17:29'));
    t.is(await countEvents(town, ticketNo, 'supervisionOrderIssued'), 0);
    const supervisor = await hall.as('supervisor');
    await supervisor.page.goto('/supervision');
    await pressClock(supervisor.page, 'hour');
    await happened('supervisionOrderIssued', 1);
    await supervisor.page.goto('/supervision');
    await supervisor.page.locator('.order', { hasText: '换热站夜间噪声' }).waitFor();

    const handler = await hall.as('handler');
    await doTask(hall, handler.page, ticketNo, 'replyToOrder', {
      reply: '配件到货延迟，未能按期完成检修。',
      correctiveAction: '维修科长负责，明日更换水泵减振垫。',
    });
    await doTask(hall, supervisor.page, ticketNo, 'verifyCorrection', {
      verdict: 'ACCEPTED',
      verifyNote: '措施明确，责任到人。',
    });
    await happened('supervisionOrderClosed', 1);
    await supervisor.page.goto('/supervision?state=CLOSED');
    t.true((await supervisor.page.locator('.order').innerText()).includes('更换水泵减振垫'));
    await supervisor.page.goto(`/tickets/${ticketNo}`);
    const line = await supervisor.page.locator('.ticket-line').innerText();
    for (const words of ['提醒', '催办', '下达督办单', '答复督办单', '通过核查', '办结'])
      t.true(line.includes(words), words);
    t.deepEqual(supervisor.complaints, []);
    t.deepEqual(handler.complaints, []);
  },
);
