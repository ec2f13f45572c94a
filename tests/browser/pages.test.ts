import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { requestExtension } from '../../domain/deadline/request-extension.ts';
import { axeProblems, browserTest, hallOfFile, isWanted, type Person } from './hall.ts';
import { languageProblems, sidewaysProblems } from './page-checks.ts';
import { dispatched, inHand, registered } from './ticket-in-hand.ts';

const file = hallOfFile();
/** Where the pictures go, for people to look at: none are taken without it. */
const pictures = process.env.SCREENSHOTS;
const everybody = [
  'agent',
  'dispatcher',
  'handler',
  'leader',
  'quality',
  'callback',
  'supervisor',
  'director',
  'admin',
  'designer',
];
let pages: { who: string; address: string; name: string }[] = [];

/** Tickets at several steps, one of them late, one with an extension asked for, one to be called back. */
async function fillTheCity(): Promise<void> {
  const { town } = file.hall;
  const waiting = await registered(town, { title: '井盖缺失', addressText: '开发路12号' });
  const toSign = await dispatched(town, { title: '暖气不热', addressText: '古北街5号', categoryCode: '050101' });
  const inWork = await inHand(town);
  const done = await inHand(town, { title: '楼道灯不亮', addressText: '民福街8号' });
  await town.answer(done, 'handleRequest', 'handler', {
    outcome: 'RESOLVED',
    publicReply: '已更换灯泡并检修线路。',
    internalNote: '更换灯泡',
  });
  const told = { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '诉求人认可' };
  await town.answer(done, 'informResult', 'handler', told);
  await town.answer(done, 'unitLeaderApprove', 'leader', { leaderDecision: 'APPROVE' });
  await town.answer(done, 'qualityReview', 'quality', { qualityDecision: 'PASS' });
  const callBack = await town.taskAt(done, 'callBack');
  const assignment = (await town.app.stores.assignments.ofTicket(inWork)).at(-1)!;
  await requestExtension(town.app, await town.as('handler'), {
    ticketNo: inWork,
    assignmentNo: assignment.assignmentNo,
    workingDays: 2,
    reason: '等待配件到货',
  });
  await town.taskAt(inWork, 'approveExtension');
  await town.clock.moveTo(instantAt('2026-11-25', '15:00'));
  const review = await town.taskAt(waiting, 'reviewAndDispatch');
  const handling = await town.taskAt(inWork, 'handleRequest');
  pages = [
    ...[`/`, '/tasks', `/tasks?task=${review.taskKey}`, '/tickets', `/tickets/${inWork}`, '/deadlines', '/account'].map(
      (address) => page('dispatcher', address),
    ),
    ...['/', `/tasks?task=${handling.taskKey}`, `/tickets/${inWork}`].map((address) => page('handler', address)),
    ...['/intake', `/tickets/${toSign}`].map((address) => page('agent', address)),
    page('callback', `/callbacks?task=${callBack.taskKey}`),
    ...['/supervision', '/search?q=噪声'].map((address) => page('supervisor', address)),
    ...['/deadlines', '/admin/accounts', '/admin/units', '/admin/calendar', '/admin/limits', '/admin/catalogue'].map(
      (address) => page('admin', address),
    ),
    ...['/admin/outbox', '/admin/audit'].map((address) => page('admin', address)),
    ...['/processes', '/processes/ticket', '/processes/ticket/edit'].map((address) => page('designer', address)),
  ];
}

const page = (who: string, address: string) => ({
  who,
  address,
  name: `${who}${address.replaceAll(/\d{6,}/g, 'N').replaceAll(/[^\w]+/g, '-')}`,
});

test.serial.before(async (t) => {
  t.timeout(120_000);
  if (isWanted) await fillTheCity();
});

async function settled({ page }: Person, address: string): Promise<number> {
  const response = await page.goto(address);
  // Pages that listen for changes are never "idle": what they draw themselves is waited for.
  if (address.startsWith('/processes/')) await page.locator('.djs-container svg').first().waitFor();
  if (address === '/intake') await page.waitForSelector('body[data-intake-ready]');
  return response?.status() ?? 0;
}

/** Each language and each width once; all four when somebody looks at the pictures too. */
function axeLooksAt(width: number, locale: 'zh-CN' | 'en'): boolean {
  return pictures !== undefined || width < 600 === (locale === 'en');
}

async function problemsOf(person: Person, address: string, width: number, locale: 'zh-CN' | 'en'): Promise<string[]> {
  person.complaints.length = 0;
  const status = await settled(person, address);
  return [
    ...(status === 200 ? [] : [`status ${status}`]),
    ...(await languageProblems(person.page, locale)),
    ...(width < 600 ? await sidewaysProblems(person.page) : []),
    ...(axeLooksAt(width, locale) ? await axeProblems(person.page) : []),
    ...person.complaints.map((complaint) => `console: ${complaint}`),
  ];
}

browserTest('every door in the navigation opens for whoever sees it', async (t) => {
  t.timeout(300_000);
  const { hall } = file;
  for (const who of everybody) {
    const person = await hall.as(who);
    const doors = await person.page
      .locator('.nav-side a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    t.true(doors.length > 1, who);
    for (const door of doors) {
      const response = await person.page.request.get(door);
      t.is(response.status(), 200, `${who} ${door}`);
    }
  }
});

for (const locale of ['zh-CN', 'en'] as const) {
  for (const width of [1440, 390]) {
    browserTest(
      `pages in ${locale}, ${width} wide: nothing breaks, everybody can read and reach everything`,
      async (t) => {
        t.timeout(400_000);
        const { hall } = file;
        if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
        for (const who of new Set(pages.map((one) => one.who)))
          await hall.town.app.stores.accounts.update(who, { locale });
        const problems: string[] = [];
        for (const { who, address, name } of pages) {
          // their account says which language they read, not the browser that they are signed in with
          const person = await hall.as(who);
          await person.page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
          const found = await problemsOf(person, address, width, locale);
          problems.push(...found.map((problem) => `${name}: ${problem}`));
          if (pictures === undefined) continue;
          appendFileSync(path.join(pictures, 'problems.txt'), found.map((problem) => `${name} ${problem}\n`).join(''));
          await person.page.screenshot({
            path: path.join(pictures, `${name}-${width}-${locale}.png`),
            fullPage: width < 600,
          });
        }
        t.deepEqual(problems, []);
      },
    );
  }
}
