import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { pino } from 'pino';
import { apiClient, ApiFailure, type ApiClient } from '../../demo/api-client.ts';
import { actorOf } from '../../domain/account/actor-of.ts';
import { makeToken } from '../../domain/account/make-token.ts';
import { skipDemo } from '../../main/demo.ts';
import type { Settings } from '../../main/settings.ts';
import { startLiandong, type Liandong } from '../../main/start-liandong.ts';
import { startChild } from './child-app.ts';
import { accountsOfJourneys, journeys, nextAct, type Journey, type Sight } from './journeys.ts';
import { servers } from './on-each-server.ts';
import { makeDatabase, testSettings } from './start-app.ts';

const KILLS = 10;
/** Half a minute on a quiet machine. */
const JOURNEY_PATIENCE_MS = 20 * 60_000;
const SETTLE_PATIENCE_MS = 150_000;
const silent = pino({ level: 'silent' });

/** Where the application answers now; it is another port after each start. */
interface Place {
  address: string;
  tokens: Map<string, string>;
  errors: number;
  /** The test is over, for better or worse. */
  over: boolean;
}

for (const { name, mariadbUrl: server } of servers) {
  test.serial(
    `killed ten times amid its work, the application loses nothing and does nothing twice, on ${name}`,
    async (t) => {
      t.timeout(JOURNEY_PATIENCE_MS);
      const dataDir = await mkdtemp(path.join(tmpdir(), 'liandong-crash-'));
      const database = server === undefined ? undefined : await makeDatabase(server);
      t.teardown(() => rm(dataDir, { recursive: true, force: true }));
      t.teardown(() => database?.drop());
      const settings = testSettings(dataDir, database?.url);

      const { tokens, expected } = await undisturbed(settings);
      const place: Place = { address: '', tokens, errors: 0, over: false };
      t.teardown(() => {
        place.over = true;
      });
      const running = journeys.flatMap((journey) =>
        ['a', 'b'].map((copy) => drive(place, journey, `crash-${journey.kind}-${copy}`)),
      );
      const environment = { DATA_DIR: dataDir, DATABASE_URL: database?.url };
      for (let kill = 1; kill <= KILLS; kill++) {
        const child = await startChild(environment);
        place.address = child.address;
        const aliveMs = Math.round(300 + Math.random() * 2500);
        await sleep(aliveMs);
        await child.kill();
        t.log(`kill ${kill} after ${aliveMs} ms`);
      }
      const last = await startChild(environment);
      place.address = last.address;
      const ticketNos = await Promise.all(running);
      await last.kill();
      t.true(place.errors > 0, 'the journeys felt the kills');

      const again = await startLiandong(settings, silent, { playDemo: false });
      t.teardown(() => again.stop());
      for (const [index, { kind, ticketNo }] of ticketNos.entries()) {
        t.deepEqual(await whatHappened(again, ticketNo), expected.get(kind), `${kind}, ${index}`);
      }
      await t.notThrowsAsync(settled(again));
      const { total } = await again.app.stores.tickets.search({ scope: { kind: 'ALL' }, limit: 1 });
      t.is(total, journeys.length * 3, 'no ticket was opened twice');
      t.deepEqual(await again.engine.incidents(10), []);
      t.deepEqual(await again.app.stores.outbox.failed(10), []);
    },
  );
}

/** One journey of each kind with nobody to disturb it: what the others are held against. */
async function undisturbed(settings: Settings) {
  const app = await startLiandong(settings, silent, { playDemo: false });
  await skipDemo(app.app);
  const tokens = new Map<string, string>();
  for (const accountId of accountsOfJourneys) {
    const actor = actorOf((await app.app.stores.accounts.find(accountId))!);
    tokens.set(accountId, (await makeToken(app.app, actor, { name: 'test', days: 1 })).token);
  }
  const place: Place = { address: app.address, tokens, errors: 0, over: false };
  const ended = await Promise.all(journeys.map((journey) => drive(place, journey, `reference-${journey.kind}`)));
  const expected = new Map<string, object>();
  for (const { kind, ticketNo } of ended) expected.set(kind, await whatHappened(app, ticketNo));
  await app.stop();
  return { tokens, expected };
}

/** Every person asks again until the ticket is closed, whatever answers or does not. */
async function drive(place: Place, journey: Journey, submissionId: string) {
  const as = (accountId: string): ApiClient => apiClient(place.address, place.tokens.get(accountId)!);
  const until = Date.now() + JOURNEY_PATIENCE_MS;
  let ticketNo: string | undefined;
  while (!place.over) {
    try {
      ticketNo ??= String((await as('agent').post('/api/tickets', { ...journey.input, submissionId })).ticketNo);
      if (await isOver(as, journey, ticketNo)) return { kind: journey.kind, ticketNo };
    } catch (error) {
      place.errors += 1;
      // What is wrong with an answer will not be right the next time.
      if (error instanceof ApiFailure && [400, 403, 422].includes(error.status)) throw error;
      if (Date.now() > until) throw error;
    }
    if (Date.now() > until) throw new Error(`${journey.kind} does not end`);
    await sleep(300);
  }
  return { kind: journey.kind, ticketNo: ticketNo ?? '' };
}

async function isOver(as: (accountId: string) => ApiClient, journey: Journey, ticketNo: string) {
  const view = (await as('dispatcher').get(`/api/tickets/${ticketNo}`)) as {
    ticket: Sight['ticket'] & { status: string };
    openTasks: (Sight['task'] & { taskKey: string; state: string })[];
  };
  for (const task of view.openTasks) {
    if (task.state !== 'CREATED') continue;
    const { accountId, answers } = nextAct(journey, { task, ticket: view.ticket });
    await as(accountId).post(`/api/tasks/${task.taskKey}/complete`, { variables: answers });
  }
  return view.ticket.status === 'CLOSED';
}

/** How often each kind of thing happened to a ticket, by every table that could hold it twice. */
async function whatHappened({ app: { stores } }: Liandong, ticketNo: string) {
  const ticket = (await stores.tickets.find(ticketNo))!;
  return {
    status: ticket.status,
    counts: [ticket.returnCount, ticket.reworkCount],
    // Whether a ticket looks like another depends on what else is there, so this one is left out.
    events: tally(
      (await stores.events.ofTicket(ticketNo)).map(({ type }) => type).filter((type) => type !== 'duplicateSuspected'),
    ),
    answers: tally(
      (await stores.taskAnswers.ofTicket(ticketNo)).map(({ elementId, state }) => `${elementId} ${state}`),
    ),
    tasks: tally((await stores.tasks.ofTicket(ticketNo)).map(({ elementId, state }) => `${elementId} ${state}`)),
    assignments: tally(
      (await stores.assignments.ofTicket(ticketNo)).map(({ unitCode, status }) => `${unitCode} ${status}`),
    ),
    limits: (await stores.limits.ofTicket(ticketNo)).length,
    contacts: (await stores.contacts.ofTicket(ticketNo)).length,
    callbacks: (await stores.callbacks.ofTicket(ticketNo)).length,
  };
}

function tally(names: string[]) {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Nothing is left to say to the engine, and no process runs. */
async function settled({ app, engine }: Liandong) {
  const until = Date.now() + SETTLE_PATIENCE_MS;
  for (;;) {
    const waiting = await app.stores.outbox.waiting();
    const active = (await engine.instanceCounts()).reduce((sum, count) => sum + count.active, 0);
    if (waiting === 0 && active === 0) return;
    if (Date.now() > until) throw new Error(`${waiting} rows wait, ${active} instances run`);
    await sleep(100);
  }
}
