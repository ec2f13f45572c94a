import type { ExecutionContext } from 'ava';
import { makeToken } from '../../domain/account/make-token.ts';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { apiRoutes } from '../../web/api/api-room.ts';
import { onEachServer } from '../app/on-each-server.ts';
import type { TestApp } from '../app/start-app.ts';
import { dispatched, noise } from '../browser/ticket-in-hand.ts';
import { callersOf, type Answer } from './caller.ts';

let town: TestApp;
let as: ReturnType<typeof callersOf>;

const countTickets = async () => (await town.app.stores.tickets.search({ scope: { kind: 'ALL' }, limit: 1 })).total;

/** Refused in a sentence, by the status that is meant. */
function refused(t: ExecutionContext, what: string, answer: Answer, ...statuses: number[]): void {
  t.true(statuses.includes(answer.status), `${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
  t.true(answer.type.startsWith('application/problem+json'), `${what}: ${answer.type}`);
  t.regex(answer.body.detail, /[\u4e00-\u9fff]{2}/, what);
  t.notRegex(JSON.stringify(answer.body), /error\.[a-z]|\bat .*\.ts|SQLITE|select /i, what);
}

onEachServer(
  async (running) => {
    town = running;
    as = callersOf(town);
    await town.clock.moveTo(instantAt('2026-11-23', '09:00'));
  },
  (test) => {
    test('empty, huge and odd input is refused in a sentence, and nothing is written', async (t) => {
      const agent = await as('agent');
      const before = await countTickets();
      const odd: [string, unknown][] = [
        ['nothing', {}],
        ['null', null],
        ['a list', []],
        ['only a channel', { channel: 'PHONE' }],
        ['blanks', { ...noise, title: '   ', content: '\n\t ' }],
        ['a title of 51 letters', { ...noise, title: '水'.repeat(51) }],
        ['a content of 2001 letters', { ...noise, content: '水'.repeat(2001) }],
        ['a content of 200 000 letters', { ...noise, content: '水'.repeat(200_000) }],
        ['a number for a title', { ...noise, title: 7 }],
        ['an object for a title', { ...noise, title: { $ne: null } }],
        ['a caller that is a list', { ...noise, caller: [] }],
        ['a forged channel', { ...noise, channel: 'PIGEON' }],
        ['a prototype', JSON.parse('{"__proto__": {"admin": true}, "channel": "PHONE"}') as unknown],
        ['a status of one’s own', { ...noise, status: 'CLOSED' }],
        ['an instant in words', { ...noise, occurredAt: 'tomorrow' }],
        ['a phone number that is none', { ...noise, caller: { phone: '<script>' } }],
        ['a merge into nothing', { ...noise, mergeInto: 'GD2099010100001' }],
        ['a thousand risk flags', { ...noise, riskFlags: Array.from({ length: 1000 }, () => 'SELF_HARM') }],
      ];
      for (const [what, body] of odd) refused(t, what, await agent.post('/api/tickets', body), 400);
      refused(t, 'five megabytes', await agent.post('/api/tickets', { ...noise, content: 'x'.repeat(5_000_000) }), 413);
      t.is(await countTickets(), before);
    });

    test('a body that is no JSON, or that claims to be something else, is refused', async (t) => {
      const { token } = await makeToken(town.app, await town.as('agent'), { name: 'odd', days: 1 });
      for (const [type, body] of [
        ['application/json', '{"title": '],
        ['application/json', '"words"'],
        ['text/plain', 'title=1'],
        ['application/xml', '<ticket/>'],
        ['application/json; charset=klingon', '{}'],
      ] as const) {
        const response = await fetch(`${town.address}/api/tickets`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': type },
          body,
        });
        t.true([400, 415].includes(response.status), `${type} ${body}: ${response.status}`);
        t.regex(await response.text(), /[\u4e00-\u9fff]{3}/);
      }
    });

    test('words that are code come back as the same words, in lists and in searches', async (t) => {
      const agent = await as('agent');
      for (const words of [`<script>alert(1)</script>'"`, `'; drop table ticket; --`, `{{constructor}}`, `%_\\%`]) {
        const opened = await agent.post('/api/tickets', { ...noise, title: words, content: words, addressText: words });
        t.is(opened.status, 201, JSON.stringify(opened.body));
        const { body } = await agent.get(`/api/tickets/${opened.body.ticketNo}`);
        t.is(body.ticket.title, words);
        t.is(body.ticket.addressText, words);
        const found = await agent.get(`/api/tickets?words=${encodeURIComponent(words)}`);
        t.is(found.status, 200);
        // Signs alone are no words: they find nothing.
        const isWord = /[a-z]/.test(words);
        t.is(
          found.body.items.some(({ title }: { title: string }) => title === words),
          isWord,
          words,
        );
      }
      const all = await agent.get(`/api/tickets?words=${encodeURIComponent('%')}`);
      t.is(all.body.total, 0, 'a wildcard is none here');
    });

    test('numbers of other units’ tickets and tasks, forged or guessed, open nothing', async (t) => {
      const ticketNo = await dispatched(town);
      const { taskKey } = await town.taskAt(ticketNo, 'signAssignment');
      const stranger = await as('health-handler');
      const versionBefore = (await town.app.stores.tickets.find(ticketNo))?.version;
      const dueAt = '2026-12-24T09:00:00+08:00';
      const attempts: [string, Promise<Answer>][] = [
        ['ticket', stranger.get(`/api/tickets/${ticketNo}`)],
        ['events', stranger.get(`/api/tickets/${ticketNo}/events`)],
        ['deadline', stranger.put(`/api/tickets/${ticketNo}/deadline`, { dueAt, reason: '试试' })],
        [
          'extension',
          stranger.post(`/api/tickets/${ticketNo}/deadline-requests`, {
            kind: 'EXTENSION',
            workingDays: 2,
            reason: '试',
          }),
        ],
        ['task', stranger.get(`/api/tasks/${taskKey}`)],
        ['claim', stranger.post(`/api/tasks/${taskKey}/claim`)],
        ['unclaim', stranger.post(`/api/tasks/${taskKey}/unclaim`)],
        ['complete', stranger.post(`/api/tasks/${taskKey}/complete`, { variables: { signDecision: 'SIGN' } })],
        ['no such task', stranger.post('/api/tasks/2251799813685249/complete', { variables: {} })],
        ['no number at all', stranger.get('/api/tickets/..%2F..%2Fetc%2Fpasswd')],
        ['a very long number', stranger.get(`/api/tickets/${'9'.repeat(39)}`)],
      ];
      for (const [what, attempt] of attempts) refused(t, what, await attempt, 404);
      const list = await stranger.get('/api/tasks?queue=mine');
      t.is(list.body.total, 0);
      refused(t, 'everybody’s tasks', await stranger.get('/api/tasks?queue=all'), 403);
      const host = await as('handler');
      refused(
        t,
        'a limit that is the centre’s',
        await host.put(`/api/tickets/${ticketNo}/deadline`, { dueAt, reason: '试' }),
        403,
      );
      t.is((await town.app.stores.tickets.find(ticketNo))?.version, versionBefore);
      t.is((await town.app.stores.tasks.find(taskKey))?.state, 'CREATED');
    });

    test('no route answers junk with a failure of its own', async (t) => {
      const admin = await as('admin');
      const people = [admin, await as('dispatcher'), await as('designer')];
      const junk: unknown[] = [
        null,
        [],
        7,
        'x',
        { variables: 7 },
        { dueAt: 'x', reason: 7 },
        { content: '<bpmn', version: 0 },
      ];
      const queries = ['', '?limit=-1', '?limit=999999', '?cursor=%00', '?sort=;drop', '?queue[]=mine', '?words[a]=b'];
      for (const route of apiRoutes) {
        const path = `/api${route.path.replaceAll(/\{\w+\}/g, '%E0%A4x')}`;
        const clean = `/api${route.path.replaceAll(/\{\w+\}/g, '1')}`;
        for (const person of people) {
          const answers =
            route.method === 'get'
              ? await Promise.all([path, ...queries.map((query) => clean + query)].map((one) => person.get(one)))
              : await Promise.all(junk.map((body) => person[route.method as 'post' | 'put'](clean, body)));
          for (const { status, body } of answers)
            t.true(status < 500, `${route.method} ${route.path}: ${status} ${JSON.stringify(body).slice(0, 200)}`);
        }
      }
    });
  },
);
