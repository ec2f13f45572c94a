import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { apiRoutes } from '../../web/api/api-room.ts';
import { addColleague } from '../app/people.ts';
import { onEachServer } from '../app/on-each-server.ts';
import type { TestApp } from '../app/start-app.ts';
import { callersOf, callerWith, type Answer } from './caller.ts';
import { problemsOfOpenapi } from './openapi-problems.ts';

const coldFlat = {
  channel: 'PHONE',
  title: '锦苑小区室温14度，老人感冒',
  content: '连续三天室温只有14度，家中82岁老人已感冒，请尽快恢复供热。',
  requestType: 'HELP',
  categoryCode: '050101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区6号楼2单元',
  intakeOutcome: 'FORWARD',
  callbackWanted: true,
  caller: { name: '张国栋', phone: '13800000001' },
};

let town: TestApp;
let as: ReturnType<typeof callersOf>;

async function open(more: Record<string, unknown> = {}): Promise<string> {
  const { body } = await (await as('agent')).post('/api/tickets', { ...coldFlat, ...more });
  return body.ticketNo;
}

/** The open task of a ticket at the element, as its own person finds it in their queue. */
async function taskOf(accountId: string, ticketNo: string, elementId: string): Promise<string> {
  const person = await as(accountId);
  return town.until(`${elementId} in the queue of ${accountId}`, async () => {
    const { body } = await person.get(`/api/tasks?queue=mine&words=${ticketNo}&elementId=${elementId}`);
    return body.items.find((task: { state: string }) => task.state === 'CREATED')?.taskKey;
  });
}

async function complete(accountId: string, ticketNo: string, elementId: string, variables: object): Promise<Answer> {
  const taskKey = await taskOf(accountId, ticketNo, elementId);
  return (await as(accountId)).post(`/api/tasks/${taskKey}/complete`, { variables });
}

const dispatchToHeating = {
  dispatchDecision: 'DISPATCH',
  hostUnitCode: 'heating',
  coHostUnitCodes: ['water'],
  instruction: '请尽快处理',
};
const reached = { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '诉求人在家' };
const steps: [accountId: string, elementId: string, variables: object][] = [
  ['dispatcher', 'reviewAndDispatch', dispatchToHeating],
  ['handler', 'signAssignment', { signDecision: 'SIGN' }],
  ['handler', 'firstContact', reached],
  [
    'handler',
    'handleRequest',
    { outcome: 'RESOLVED', publicReply: '已更换阀门，室温恢复到20度。', internalNote: '换阀' },
  ],
  ['water-handler', 'coHostHandle', { opinion: '已配合停水检修', internalNote: '协办完成' }],
  [
    'handler',
    'hostConsolidate',
    { consolidateDecision: 'DONE', publicReply: '已更换阀门并恢复供水供热。', internalNote: '汇总' },
  ],
  ['handler', 'informResult', { ...reached, contactNote: '诉求人认可' }],
  ['leader', 'unitLeaderApprove', { leaderDecision: 'APPROVE' }],
  ['quality', 'qualityReview', { qualityDecision: 'PASS' }],
  ['callback', 'callBack', { reached: true, unitContacted: true, factTrue: true, solved: true, satisfaction: 2 }],
];

onEachServer(
  async (running) => {
    town = running;
    as = callersOf(town);
    await addColleague(town, 'dispatcher', { accountId: 'dispatcher-2', displayName: '值班同事' });
    await town.clock.moveTo(instantAt('2026-11-23', '09:00'));
  },
  (test) => {
    test('a ticket with a co-host goes from the call to the archive through /api alone', async (t) => {
      const ticketNo = await open();
      for (const [accountId, elementId, variables] of steps) {
        const { status, body } = await complete(accountId, ticketNo, elementId, variables);
        t.is(status, 200, `${elementId}: ${JSON.stringify(body)}`);
        t.is(body.ticketNo, ticketNo);
      }
      const dispatcher = await as('dispatcher');
      const view = await town.until('the archive', async () => {
        const { body } = await dispatcher.get(`/api/tickets/${ticketNo}`);
        return body.ticket.status === 'CLOSED' && body;
      });
      t.is(view.ticket.hostUnitCode, 'heating');
      t.deepEqual(view.openTasks, []);
      t.regex(view.ticket.acceptedAt, /^\d{4}-\d\d-\d\dT/);
      t.deepEqual(
        view.contacts.map(({ phase, result }: { phase: string; result: string }) => [phase, result]),
        [
          ['FIRST', 'REACHED'],
          ['RESULT', 'REACHED'],
          ['CALLBACK', 'REACHED'],
        ],
      );
      t.is(view.callbacks.length, 1);
      const { body } = await dispatcher.get(`/api/tickets/${ticketNo}/events`);
      const types = body.items.map(({ type }: { type: string }) => type);
      for (const type of ['ticketOpened', 'contactAttempted', 'coHostSubmitted', 'callbackReached'])
        t.true(types.includes(type), `${type} ${types}`);
      t.false(JSON.stringify([view, body]).includes('13800000001'));
    });

    test('/api/openapi.json is valid OpenAPI 3.1 and names every route', async (t) => {
      const { status, body } = await callerWith(town, {}).get('/api/openapi.json');
      t.is(status, 200);
      t.deepEqual(problemsOfOpenapi(body), []);
      const described = Object.entries(body.paths).flatMap(([path, item]) =>
        Object.keys(item as object).map((method) => `${method} ${path}`),
      );
      t.deepEqual(new Set(described), new Set(apiRoutes.map(({ method, path }) => `${method} /api${path}`)));
    });

    test('pages follow each other by cursor: nothing twice, nothing left out', async (t) => {
      const opened: string[] = [];
      for (let n = 0; n < 5; n++) opened.push(await open({ title: `翻页测试第${n}件`, addressText: `平朔路${n}号` }));
      const agent = await as('agent');
      const seen: string[] = [];
      let cursor = '';
      do {
        const { status, body } = await agent.get(
          `/api/tickets?words=${encodeURIComponent('翻页测试')}&limit=2&sort=createdAt&cursor=${cursor}`,
        );
        t.is(status, 200);
        t.true(body.items.length <= 2);
        t.is(body.total, 5);
        seen.push(...body.items.map(({ ticketNo }: { ticketNo: string }) => ticketNo));
        cursor = body.nextCursor === null ? '' : encodeURIComponent(body.nextCursor);
      } while (cursor !== '');
      t.deepEqual(seen, opened);
      const broken = await agent.get('/api/tickets?cursor=not-a-cursor');
      t.is(broken.status, 400);
    });

    test('a refusal is a problem that says in a sentence what to do', async (t) => {
      const ticketNo = await open({ title: '拒绝测试', addressText: '开发路1号' });
      const taskKey = await taskOf('dispatcher', ticketNo, 'reviewAndDispatch');
      const nobody = callerWith(town, {});
      const forger = callerWith(town, { authorization: 'Bearer ldt_forged' });
      const [agent, dispatcher, other, handler] = await Promise.all(
        ['agent', 'dispatcher', 'water-handler', 'handler'].map((accountId) => as(accountId)),
      );
      const missing = await agent!.post('/api/tickets', { channel: 'PHONE', intakeOutcome: 'FORWARD', oddField: 1 });
      const refusals: [string, Answer, number][] = [
        ['an unknown field', missing, 400],
        ['nobody', await nobody.get('/api/tasks'), 401],
        ['a forged token', await forger.get('/api/tasks'), 401],
        ['a handler who opens a ticket', await handler!.post('/api/tickets', coldFlat), 403],
        ['a ticket of another unit', await other!.get(`/api/tickets/${ticketNo}`), 404],
        ['its events', await other!.get(`/api/tickets/${ticketNo}/events`), 404],
        [
          'its deadline',
          await other!.put(`/api/tickets/${ticketNo}/deadline`, { dueAt: '2026-12-01T09:00:00+08:00', reason: '理由' }),
          404,
        ],
        ['its task', await other!.get(`/api/tasks/${taskKey}`), 404],
        ['claiming its task', await other!.post(`/api/tasks/${taskKey}/claim`), 404],
        ['completing its task', await other!.post(`/api/tasks/${taskKey}/complete`, { variables: {} }), 404],
        ['a ticket that is not there', await dispatcher!.get('/api/tickets/GD2026010199999'), 404],
        ['a route that is not there', await agent!.get('/api/nothing'), 404],
        ['a form with nothing in it', await dispatcher!.post(`/api/tasks/${taskKey}/complete`, { variables: {} }), 400],
        [
          'a ticket that has changed',
          await dispatcher!.post(`/api/tasks/${taskKey}/complete`, {
            variables: dispatchToHeating,
            ticketVersion: 999,
          }),
          409,
        ],
      ];
      for (const [what, answer, status] of refusals) {
        t.is(answer.status, status, `${what}: ${JSON.stringify(answer.body)}`);
        t.true(answer.type.startsWith('application/problem+json'), `${what}: ${answer.type}`);
        t.is(answer.body.status, status, what);
        t.regex(answer.body.detail, /[\u4e00-\u9fff]{3}/, `${what}: ${answer.body.detail}`);
        t.notRegex(answer.body.detail, /error\.|undefined|\{/, what);
      }
      t.regex(missing.body.detail, /^oddField: \p{Script=Han}/u, 'the sentence names the fields');
      t.truthy((await dispatcher!.get(`/api/tasks/${taskKey}`)).body.mayComplete.allowed, 'a refusal changes nothing');
    });

    test('the same submission sent twice, and twice at once, is one ticket', async (t) => {
      const agent = await as('agent');
      const form = { ...coldFlat, title: '重复提交', addressText: '民福街8号', submissionId: 'call-4711' };
      const answers = await Promise.all([agent.post('/api/tickets', form), agent.post('/api/tickets', form)]);
      answers.push(await agent.post('/api/tickets', form));
      t.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
      t.is(new Set(answers.map(({ body }) => body.ticketNo)).size, 1);
      const { body } = await agent.get(`/api/tickets?words=${encodeURIComponent('重复提交')}`);
      t.is(body.total, 1);
    });

    test('of two people who complete one task, and of one person who does so twice, the second is told who was first', async (t) => {
      const ticketNo = await open({ title: '两人同办', addressText: '张辽路3号' });
      const taskKey = await taskOf('dispatcher', ticketNo, 'reviewAndDispatch');
      const dispatcher = await as('dispatcher');
      const colleague = await as('dispatcher-2');
      const send = { variables: dispatchToHeating };
      const both = await Promise.all(
        [dispatcher, colleague].map((person) => person.post(`/api/tasks/${taskKey}/complete`, send)),
      );
      t.deepEqual(
        both.map(({ status }) => status).sort((a, b) => a - b),
        [200, 409],
      );
      const second = both.find(({ status }) => status === 409)!;
      t.is(second.body.code, 'taskAlreadyDone');
      t.regex(second.body.detail, /李建国|值班同事/);
      const again = await dispatcher.post(`/api/tasks/${taskKey}/complete`, send);
      t.is(again.status, 409);
      await town.until('one assignment', async () => (await town.app.stores.assignments.ofTicket(ticketNo)).length > 0);
      await taskOf('handler', ticketNo, 'signAssignment');
      const hosts = (await town.app.stores.assignments.ofTicket(ticketNo)).filter(({ role }) => role === 'HOST');
      t.is(hosts.length, 1);
    });

    test('a task is claimed, kept from others, and given back', async (t) => {
      const ticketNo = await open({ title: '领取测试', addressText: '古北街5号' });
      const taskKey = await taskOf('dispatcher', ticketNo, 'reviewAndDispatch');
      const dispatcher = await as('dispatcher');
      const colleague = await as('dispatcher-2');
      t.is((await dispatcher.post(`/api/tasks/${taskKey}/claim`)).body.assignee, 'dispatcher');
      const refused = await colleague.post(`/api/tasks/${taskKey}/claim`);
      t.is(refused.status, 403);
      t.regex(refused.body.detail, /李建国/);
      const mine = await dispatcher.get('/api/tasks?queue=mine');
      t.true(mine.body.items.some((task: { taskKey: string }) => task.taskKey === taskKey));
      t.is((await dispatcher.post(`/api/tasks/${taskKey}/unclaim`)).status, 200);
      t.is((await colleague.post(`/api/tasks/${taskKey}/claim`)).status, 200);
    });
  },
);
