import test from 'ava';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { openTestWeb, type TestWeb } from '../testing/test-web.ts';

const agent: Actor = {
  accountId: 'agent-01',
  displayName: '王',
  roles: ['agent'],
  unitCode: null,
  divisionCode: null,
  groups: ['call-centre'],
};

let web: TestWeb;
let ticketNo: string;
test.before(async () => {
  web = await openTestWeb();
  await web.addAccount({ accountId: 'agent-01', roles: ['agent'] });
  await web.addAccount({ accountId: 'agent-02', roles: ['agent'] });
  await web.addAccount({ accountId: 'dispatcher', roles: ['dispatcher'] });
  ({ ticketNo } = await openTicket(web.app, agent, {
    channel: 'PHONE',
    title: '锦苑小区室温14度<b>',
    content: '家中有老人，<script>alert(1)</script>希望尽快恢复供热，电话13800000001。',
    requestType: 'HELP',
    categoryCode: '050101',
    divisionCode: '140602',
    addressText: '锦苑小区6号楼',
    intakeOutcome: 'FORWARD',
    caller: { name: '张三', phone: '13800000001' },
  }));
});
test.after.always(() => web.close());

test('a ticket is on one page, its requester masked, its words as text', async (t) => {
  const { agent: browser } = await web.signIn('dispatcher');
  const { status, text } = await browser.get(`/tickets/${ticketNo}`);
  t.is(status, 200);
  t.true(text.includes('锦苑小区室温14度&lt;b&gt;'));
  t.true(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  t.true(text.includes('张** · 138****0001'));
  t.notRegex(text, /张三/);
  t.notRegex(text, /<script>alert/);
});

test('a ticket of somebody else is not there, however its address is asked for', async (t) => {
  const { agent: browser, csrf } = await web.signIn('agent-02');
  for (const path of ['', '/diagram']) t.is((await browser.get(`/tickets/${ticketNo}${path}`)).status, 404, path);
  const revealed = await browser
    .post(`/tickets/${ticketNo}/reveal`)
    .type('form')
    .send({ _csrf: csrf, purpose: 'CONTACT', reason: '想看看' });
  t.is(revealed.status, 404);
  t.notRegex(revealed.text, /13800000001/);
  t.is((await browser.get(`/events?ticket=${ticketNo}`).set('accept', 'application/json')).status, 404);
  t.regex((await browser.get('/tickets')).text, /tickets|工单/);
  t.notRegex((await browser.get('/tickets')).text, new RegExp(ticketNo));
});

test('who called is shown for a reason only, and the reason is kept', async (t) => {
  const { agent: browser, csrf } = await web.signIn('dispatcher');
  const send = (body: Record<string, string>) =>
    browser
      .post(`/tickets/${ticketNo}/reveal`)
      .type('form')
      .set('hx-request', 'true')
      .send({ _csrf: csrf, ...body });
  const without = await send({ purpose: 'CONTACT', reason: '' });
  t.is(without.status, 422);
  t.regex(without.text, /此项必填/);
  const shown = await send({ purpose: 'CONTACT', reason: '核对地址' });
  t.is(shown.status, 200);
  t.regex(shown.text, /张三/);
  t.regex(shown.text, /13800000001/);
  const page = await browser.get(`/tickets/${ticketNo}?kind=access`);
  t.regex(page.text, /查看诉求人信息（联系诉求人）/);
  t.regex(page.text, /核对地址/);
});

test('the list is found by words, and a ticket number leads to its ticket', async (t) => {
  const { agent: browser } = await web.signIn('agent-01');
  t.regex((await browser.get(`/tickets?words=${encodeURIComponent('室温')}`)).text, new RegExp(ticketNo));
  t.notRegex((await browser.get(`/tickets?words=${encodeURIComponent('电梯')}`)).text, new RegExp(ticketNo));
  const search = await browser.get(`/search?q=${ticketNo.toLowerCase()}`);
  t.is(search.headers['location'], `/tickets/${ticketNo}`);
});

test('an export asks for its purpose, is logged, and holds no requester', async (t) => {
  const { agent: browser, csrf } = await web.signIn('dispatcher');
  const without = await browser
    .post('/tickets/export')
    .type('form')
    .set('accept', 'application/json')
    .send({ _csrf: csrf });
  t.is(without.status, 400);
  const book = await browser
    .post('/tickets/export')
    .type('form')
    .send({ _csrf: csrf, reason: '周报' })
    .buffer()
    .parse(binary);
  t.is((book.body as Buffer).subarray(0, 2).toString(), 'PK');
  const { items } = await web.app.stores.audit.list({ action: 'ticketsExported', limit: 5 });
  t.is(items[0]?.reason, '周报');
  const stranger = await web.signIn('agent-01');
  const refused = await stranger.agent
    .post('/tickets/export')
    .type('form')
    .set('accept', 'application/json')
    .send({ _csrf: stranger.csrf, reason: '我想要' });
  t.is(refused.status, 403);
});

test('an act that the ticket does not allow says why, in the dialog', async (t) => {
  const { agent: browser, csrf } = await web.signIn('dispatcher');
  const answer = await browser
    .post(`/tickets/${ticketNo}/actions/urgeByHand`)
    .type('form')
    .set('hx-request', 'true')
    .send({ _csrf: csrf, reason: '请尽快' });
  t.is(answer.status, 422);
  t.regex(answer.text, /没有单位还欠着办理/);
  t.is((await browser.post(`/tickets/${ticketNo}/actions/toString`).type('form').send({ _csrf: csrf })).status, 404);
});

test('a withdrawn ticket is over, and the page says so', async (t) => {
  const { agent: browser, csrf } = await web.signIn('dispatcher');
  const { ticketNo: other } = await openTicket(web.app, agent, {
    channel: 'PHONE',
    title: '又不需要了',
    content: '打错了',
    requestType: 'CONSULT',
    categoryCode: '120101',
    divisionCode: '140602',
    intakeOutcome: 'FORWARD',
    caller: { phone: '13800000002' },
  });
  const answer = await browser
    .post(`/tickets/${other}/actions/withdrawTicket`)
    .type('form')
    .send({ _csrf: csrf, reason: '诉求人来电撤回' });
  t.is(answer.headers['location'], `/tickets/${other}?done=withdrawTicket`);
  const page = await browser.get(`/tickets/${other}?done=withdrawTicket`);
  t.regex(page.text, /已完成：撤回工单/);
  t.regex(page.text, /诉求人来电撤回/);
});

function binary(res: object, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = res as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
