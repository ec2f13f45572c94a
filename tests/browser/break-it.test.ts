import type { Page } from 'playwright-core';
import ExcelJS from 'exceljs';
import { addColleague } from '../app/people.ts';
import { servers } from '../app/on-each-server.ts';
import { browserTest, hallOfFile } from './hall.ts';
import { completeTask, doTask, fillTask, openTask } from './task-form.ts';
import { dispatched, inHand, registered } from './ticket-in-hand.ts';

const file = hallOfFile(servers.at(-1));
const code = `<script>window.broken=1</script><img src=x onerror="window.broken=2">{{7*7}}"'`;

const isBroken = (page: Page) => page.evaluate('window.broken !== undefined');
const csrfOf = (page: Page) => page.locator('meta[name=csrf-token]').getAttribute('content');

browserTest('script tags in every text field are words, on every page, in notifications and in exports', async (t) => {
  t.timeout(240_000);
  const { hall } = file;
  const { town } = hall;
  const words = {
    title: code.slice(0, 50),
    content: code,
    addressText: code,
    caller: { name: code.slice(0, 40), phone: '13800000001' },
  };
  const ticketNo = await registered(town, words);
  await town.answer(ticketNo, 'reviewAndDispatch', 'dispatcher', {
    dispatchDecision: 'DISPATCH',
    hostUnitCode: 'heating',
    instruction: code,
  });
  const handler = await hall.as('handler');
  await doTask(hall, handler.page, ticketNo, 'signAssignment', { signDecision: 'SIGN' });
  await doTask(hall, handler.page, ticketNo, 'firstContact', {
    contactResult: 'REACHED',
    contactChannel: 'PHONE',
    contactNote: code,
  });
  await doTask(hall, handler.page, ticketNo, 'handleRequest', {
    outcome: 'RESOLVED',
    publicReply: code,
    internalNote: code,
  });
  const { taskKey } = await town.taskAt(ticketNo, 'informResult');
  const dispatcher = await hall.as('dispatcher');
  await dispatcher.page.goto(`/tickets/${ticketNo}`);
  await dispatcher.page.locator('[data-opens="#act-urgeByHand"]').click();
  await dispatcher.page.fill('#urgeByHand-reason', code);
  await dispatcher.page.locator('#act-urgeByHand .btn-go').click();
  await dispatcher.page.waitForURL(/done=urgeByHand/);
  const pages: [Page, string][] = [
    [handler.page, `/tickets/${ticketNo}`],
    [handler.page, `/tasks?task=${taskKey}`],
    [handler.page, '/'],
    [dispatcher.page, `/tickets/${ticketNo}`],
    [dispatcher.page, '/tickets'],
    [dispatcher.page, `/search?q=${encodeURIComponent(code.slice(0, 30))}`],
    [dispatcher.page, '/deadlines'],
  ];
  for (const [page, address] of pages) {
    await page.goto(address);
    t.false(await isBroken(page), address);
    t.true((await page.locator('body').innerText()).includes('<script>'), `${address} shows the words`);
    t.false((await page.content()).includes('{{7*7}}') && (await page.locator('body').innerText()).includes('49"'));
  }
  await handler.page.locator('[data-notifications] summary').click();
  await handler.page.locator('#notifications .note-row').first().waitFor();
  t.false(await isBroken(handler.page));
  await dispatcher.page.goto('/tickets');
  const sheet = await dispatcher.page.request.post('/tickets/export', {
    form: { _csrf: (await csrfOf(dispatcher.page)) ?? '', reason: '核对' },
  });
  t.is(sheet.status(), 200);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await sheet.body()) as never);
  const cells = book.worksheets[0]!.getSheetValues().flat().map(String);
  t.true(cells.includes(code.slice(0, 50)), 'as it was typed');
});

browserTest('a write without the page’s own token is refused, and nothing happens', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  const { town } = hall;
  const ticketNo = await dispatched(town);
  const { taskKey } = await town.taskAt(ticketNo, 'signAssignment');
  const { page } = await hall.as('handler');
  const forged: [string, Record<string, string>][] = [
    [`/tasks/${taskKey}/complete`, { signDecision: 'SIGN' }],
    [`/tasks/${taskKey}/claim`, {}],
    [`/api/tasks/${taskKey}/claim`, {}],
    [`/tickets/${ticketNo}/reveal`, { reason: '试试', purpose: 'CONTACT' }],
    ['/preferences', { theme: 'dark' }],
    ['/demo-clock', { step: 'hour' }],
    ['/logout', {}],
  ];
  const before = town.clock.offsetMs();
  for (const [address, form] of forged) {
    for (const _csrf of [undefined, 'forged']) {
      const response = await page.request.post(address, {
        form: { ...form, ...(_csrf === undefined ? {} : { _csrf }) },
      });
      t.is(response.status(), 403, address);
      t.regex(await response.text(), /[\u4e00-\u9fff]{3}/);
    }
  }
  t.is(town.clock.offsetMs(), before);
  t.like(await town.app.stores.tasks.find(taskKey), { state: 'CREATED', assignee: null });
  await page.goto('/tasks');
  t.is(new URL(page.url()).pathname, '/tasks', 'still signed in');
});

browserTest('a session that ends while somebody types costs no word', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  const ticketNo = await inHand(hall.town, { addressText: '古北街5号', title: '会话过期' });
  const { page } = await hall.as('handler');
  const taskKey = await openTask(hall, page, ticketNo, 'handleRequest');
  // ended where it is kept: an answer that is still on its way would give a cookie back
  const ended = await page.request.post('/logout', { form: { _csrf: (await csrfOf(page)) ?? '' }, maxRedirects: 0 });
  t.is(ended.status(), 303);
  const answers = { outcome: 'RESOLVED', publicReply: '已更换水泵减振垫，噪声已消除。', internalNote: '写到一半' };
  await fillTask(page, answers);
  await page.locator('[data-complete]').click();
  await page.locator('#toasts').getByText(/登录/).first().waitFor();
  t.is(await page.locator('[name=publicReply]').inputValue(), answers.publicReply, 'it still stands there');
  t.is((await hall.town.app.stores.tasks.find(taskKey))?.state, 'CREATED');
  await page.goto(`/tasks?task=${taskKey}`);
  t.is(new URL(page.url()).pathname, '/login');
  await page.fill('#accountId', 'handler');
  await page.fill('#password', 'liandong-demo');
  await page.click('form .btn-go');
  await page.waitForURL((url) => url.pathname === '/tasks');
  t.is(await page.locator('[name=publicReply]').inputValue(), answers.publicReply, 'and comes back');
  t.is(await page.locator('[name=internalNote]').inputValue(), '写到一半');
  await completeTask(page);
});

browserTest('a double click does the thing once', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  const { town } = hall;
  const ticketNo = await dispatched(town, { addressText: '开发路12号', title: '双击测试' });
  const { page, complaints } = await hall.as('handler');
  complaints.length = 0;
  const taskKey = await openTask(hall, page, ticketNo, 'signAssignment');
  await fillTask(page, { signDecision: 'SIGN' });
  await page.locator('[data-complete]').dblclick();
  await page.locator(`#task-pane [data-task-key="${taskKey}"]`).waitFor({ state: 'detached' });
  const answers = (await town.app.stores.taskAnswers.ofTicket(ticketNo)).filter(
    (one) => one.elementId === 'signAssignment',
  );
  t.is(answers.length, 1);
  t.deepEqual(complaints, []);

  const agent = await hall.as('agent');
  await agent.page.goto('/intake');
  await agent.page.waitForSelector('body[data-intake-ready]');
  const type = (id: string, words: string) => agent.page.locator(`[id="${id}"]`).fill(words);
  await type('caller.phone', '13800000002');
  await type('title', '双击登记的诉求');
  await type('content', '路灯不亮，请尽快检修。');
  await type('addressText', '民福街8号');
  for (const [id, value] of [
    ['requestType', 'HELP'],
    ['categoryCode', '050502'],
    ['divisionCode', '140602'],
  ] as const)
    await agent.page.locator(`#${id}`).selectOption(value);
  await agent.page.locator('[data-submit]').dblclick();
  await agent.page.locator('.intake-number').waitFor();
  const found = await town.app.stores.tickets.search({ scope: { kind: 'ALL' }, words: '双击登记的诉求', limit: 5 });
  t.is(found.total, 1);
});

browserTest('of two who answer one task the second is told who was first, and keeps the words', async (t) => {
  t.timeout(120_000);
  const { hall } = file;
  await addColleague(hall.town, 'handler', { accountId: 'handler-2', displayName: '陈志远' });
  const ticketNo = await inHand(hall.town, { addressText: '张辽路3号', title: '两人同办' });
  const first = await hall.as('handler');
  const second = await hall.as('handler-2');
  const { taskKey } = await hall.town.taskAt(ticketNo, 'handleRequest');
  const { assignee } = (await hall.town.app.stores.tasks.find(taskKey))!;
  t.is(assignee, null);
  for (const { page } of [first, second]) {
    await openTask(hall, page, ticketNo, 'handleRequest');
    await fillTask(page, {
      outcome: 'RESOLVED',
      publicReply: '已更换水泵减振垫，噪声已消除。',
      internalNote: '更换减振垫',
    });
  }
  await completeTask(first.page);
  await second.page.locator('[data-complete]').click();
  const notice = second.page.locator('#task-pane [role=alert]');
  await notice.waitFor();
  t.true((await notice.innerText()).includes('刘志强'), await notice.innerText());
  t.true(
    (await second.page.locator('#task-pane').innerText()).includes('已更换水泵减振垫'),
    'what was typed is still there',
  );
});
