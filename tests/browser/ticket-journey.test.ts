import type { ExecutionContext } from 'ava';
import type { Page } from 'playwright-core';
import { browserTest, hallOfFile } from './hall.ts';
import { completeTask, doTask, fillTask, openedTask, openTask } from './task-form.ts';

const file = hallOfFile();
const phone = '13800000001';

/** Number first, then the words, and never a mouse. @returns the number of the ticket */
async function registerByKeyboard(page: Page, title: string, content: string): Promise<string> {
  await page.goto('/intake');
  await page.waitForSelector('body[data-intake-ready]');
  const type = async (id: string, words: string) => {
    await page.locator(`[id="${id}"]`).focus();
    await page.keyboard.insertText(words);
  };
  const choose = (id: string, value: string) => page.locator(`[id="${id}"]`).selectOption(value);
  await type('caller.phone', phone);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('张国栋');
  await type('title', title);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(content);
  await choose('requestType', 'HELP');
  await choose('categoryCode', '050101');
  await choose('divisionCode', '140602');
  await type('addressText', '朔城区锦苑小区6号楼2单元');
  await page.keyboard.press('Control+Enter');
  return (await page.locator('.intake-number').innerText()).trim();
}

async function statusOf(page: Page, address: string): Promise<number> {
  return (await page.request.get(address)).status();
}

async function timeLineOf(page: Page, ticketNo: string): Promise<string> {
  await page.goto(`/tickets/${ticketNo}`);
  return page.locator('.ticket-line').innerText();
}

let ticketNo = '';

browserTest('an agent registers a call by keyboard while the page suggests category and unit', async (t) => {
  t.timeout(120_000);
  const { page } = await file.hall.as('agent');
  await page.goto('/intake');
  await page.fill('#title', '锦苑小区室温14度，老人感冒');
  await page.fill('#content', '连续三天室温只有14度，家中82岁老人已感冒，请尽快恢复供热。');
  await page.locator('[data-suggestions]', { hasText: '市热力公司' }).waitFor();
  await page.reload();
  t.is(await page.inputValue('#title'), '锦苑小区室温14度，老人感冒', 'typed text survives');
  ticketNo = await registerByKeyboard(page, '', '');
  t.regex(ticketNo, /^GD20261123\d{5}$/);
  t.is(await page.inputValue('#title'), '', 'the desk is ready for the next call');
  t.is(await page.locator(':focus').getAttribute('id'), 'caller.phone');
});

browserTest(
  'a dispatcher sends it to a host and a co-host; the next task opens, and what was done shows',
  async (t) => {
    t.timeout(120_000);
    const { hall } = file;
    const agent = await hall.as('agent');
    const second = await registerByKeyboard(agent.page, '北城街路灯不亮', '北城街路灯整条街不亮，晚上出行不便。');
    await hall.town.taskAt(second, 'reviewAndDispatch');
    const { page } = await hall.as('dispatcher');
    const taskKey = await openTask(hall, page, ticketNo, 'reviewAndDispatch');
    await fillTask(page, {
      dispatchDecision: 'DISPATCH',
      hostUnitCode: 'heating',
      coHostUnitCodes: ['water'],
      instruction: '请尽快恢复供热，并与自来水公司配合检修。',
    });
    await completeTask(page);
    t.not(await openedTask(page), taskKey);
    t.is(await page.locator('#task-pane').getByText(second).count(), 1, 'the next one is open');
    t.true(await page.locator(`#rows [data-key="${taskKey}"]`).evaluate((row) => row.classList.contains('done')));
    await page.locator('#toasts', { hasText: '锦苑小区室温14度' }).waitFor();
  },
);

browserTest('only the units that are to handle it see it, and neither the number of the caller', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  const { taskKey } = await hall.town.taskAt(ticketNo, 'signAssignment');
  const stranger = await hall.as('health-handler');
  const host = await hall.as('handler');
  for (const address of [`/tickets/${ticketNo}`, `/tickets/${ticketNo}/diagram`, `/tasks?task=${taskKey}`]) {
    t.is(await statusOf(stranger.page, address), 404, address);
    t.is(await statusOf(host.page, address), 200, address);
  }
  await stranger.page.goto('/tickets');
  t.false((await stranger.page.content()).includes(ticketNo));
  await host.page.goto(`/tickets/${ticketNo}`);
  t.true((await host.page.content()).includes('138****0001'));
  t.false((await host.page.content()).includes(phone));
  t.is(await statusOf(host.page, '/intake'), 403);
  t.is(await statusOf(host.page, '/deadlines'), 403);
});

const reached = { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '诉求人在家，约定上门时间' };

browserTest('the host signs, calls, handles; the co-host is told live, and answers', async (t) => {
  t.timeout(180_000);
  const { hall } = file;
  const { page } = await hall.as('handler');
  await doTask(hall, page, ticketNo, 'signAssignment', { signDecision: 'SIGN' });
  const coHost = await hall.as('water-handler');
  await coHost.page.goto('/tasks?queue=mine');
  await doTask(hall, page, ticketNo, 'firstContact', reached);
  await doTask(hall, page, ticketNo, 'handleRequest', {
    outcome: 'RESOLVED',
    publicReply: '已更换楼前阀门，室温恢复到20度。',
    internalNote: '更换单元阀门一只',
  });
  await coHost.page.locator('[data-new-rows]:visible').click();
  await coHost.page.locator('#rows .row-task', { hasText: ticketNo }).click();
  await coHost.page.locator('#task-form').waitFor();
  await fillTask(coHost.page, { opinion: '已配合停水检修，恢复供水。', internalNote: '协办完成' });
  await completeTask(coHost.page);
  await doTask(hall, page, ticketNo, 'hostConsolidate', {
    consolidateDecision: 'DONE',
    publicReply: '已更换楼前阀门，室温恢复到20度，供水正常。',
  });
  await doTask(hall, page, ticketNo, 'informResult', { ...reached, contactNote: '诉求人对结果认可' });
  t.pass();
});

browserTest('leader and quality pass it, each seeing what the unit answered', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  const leader = await hall.as('leader');
  await openTask(hall, leader.page, ticketNo, 'unitLeaderApprove');
  t.true((await leader.page.locator('#task-pane').innerText()).includes('已更换楼前阀门'));
  await fillTask(leader.page, { leaderDecision: 'APPROVE' });
  await completeTask(leader.page);
  const quality = await hall.as('quality');
  await openTask(hall, quality.page, ticketNo, 'qualityReview');
  t.true((await quality.page.locator('#task-pane').innerText()).includes('已更换楼前阀门'));
  await fillTask(quality.page, { qualityDecision: 'PASS' });
  await completeTask(quality.page);
});

browserTest(
  'the callback clerk is shown the number for this call, asks four questions, and the ticket is archived',
  async (t) => {
    t.timeout(120_000);
    const { hall } = file;
    await hall.town.taskAt(ticketNo, 'callBack');
    const { page, complaints } = await hall.as('callback');
    await page.goto('/callbacks');
    await page.locator('.callback-list a', { hasText: ticketNo }).waitFor();
    t.false((await page.content()).includes(phone), 'not before the call');
    await page.locator('#callback-number button').click();
    await page.locator('.callback-phone', { hasText: phone }).waitFor();
    await fillTask(page, { reached: true, unitContacted: true, factTrue: true, solved: true, satisfaction: 2 });
    await completeTask(page);
    await hall.town.until(
      'the archive',
      async () => (await hall.town.app.stores.tickets.find(ticketNo))?.status === 'CLOSED',
    );
    await contactsAreOnTheLine(t, page);
    t.deepEqual(complaints, []);
  },
);

async function contactsAreOnTheLine(t: ExecutionContext, page: Page) {
  const line = await timeLineOf(page, ticketNo);
  for (const words of ['首次联系', '告知结果', '回访', '刘志强', '市自来水公司'])
    t.true(line.includes(words), `${words} in ${line}`);
  t.true((await page.locator('.head').first().innerText()).includes('已归档'));
  t.is(await page.locator('.lamp.done').count(), 3, 'two contacts and the callback');
  t.true(line.includes('查看'), 'that the number was shown is on the line for the centre');
}

browserTest('when it is over, everybody still sees only what is theirs', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  t.is(await statusOf((await hall.as('agent')).page, `/tickets/${ticketNo}`), 200, 'who has taken the call');
  t.is(await statusOf((await hall.as('health-handler')).page, `/tickets/${ticketNo}`), 404);
  t.is(await statusOf((await hall.as('designer')).page, `/tickets/${ticketNo}`), 404);
  t.is(await statusOf((await hall.as('admin')).page, `/tickets/${ticketNo}`), 404);
  const leader = await hall.as('leader');
  t.true((await timeLineOf(leader.page, ticketNo)).includes('首次联系'));
  t.deepEqual((await hall.as('handler')).complaints, []);
});
