import { demoAccounts, demoPassword } from '../demo/accounts.ts';
import { playDemo } from '../demo/play-demo.ts';
import { actorOf } from '../domain/account/actor-of.ts';
import { makeToken } from '../domain/account/make-token.ts';
import type { PasswordHasher } from '../domain/account/password-hasher.ts';
import { openDaysOf } from '../domain/calendar/open-days.ts';
import { dayOfDate } from '../domain/calendar/shanghai-time.ts';
import { NotFound } from '../domain/errors/not-found.ts';
import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Core } from './core.ts';

/** Setting that tells a demonstration's database from one that must not be thrown away. */
export const DEMO_MARK = 'demo';
const PROGRESS = 'demoProgress';

/** Accounts of the demo city, once. @returns the accounts that the sign-in page lists */
export async function seedDemo(app: App, hasher: PasswordHasher) {
  const passwordHash = await hasher.hash(demoPassword);
  await app.transaction(async (stores) => {
    if ((await stores.accounts.list()).length > 0) return;
    await stores.settings.set(DEMO_MARK, 'on');
    for (const { listed: _, ...account } of demoAccounts) {
      await stores.accounts.insert({
        ...account,
        divisionCode: null,
        locale: 'zh-CN',
        theme: 'auto',
        active: true,
        passwordHash,
        mustChangePassword: false,
        createdAt: app.realClock.now(),
      });
    }
  });
  return demoAccounts.filter(({ listed }) => listed).map(({ accountId }) => ({ accountId, password: demoPassword }));
}

export interface DemoPlay {
  /** Resolves when the act under way is over; the next start goes on with the next one. */
  stop(): Promise<void>;
}

/**
 * Plays the sample tickets' past in the background, once in the life of a database: a start that was cut off is taken
 * up where it stopped. Only on the embedded engine, whose clock can be moved.
 */
export function playDemoOnce(core: Core, address: string, log: Log): DemoPlay {
  const stopping = new AbortController();
  const played = play(core, address, log, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) log.warn({ err: error }, 'the demonstration stopped');
  });
  return {
    stop() {
      stopping.abort();
      return played;
    },
  };
}

async function play({ app, clock, embeddedEngine }: Core, address: string, log: Log, stopping: AbortSignal) {
  const { stores } = app;
  const kept = await stores.settings.get(PROGRESS);
  const progress = kept === undefined ? undefined : (JSON.parse(kept) as { done: number; total: number });
  const isOver = progress ? progress.done >= progress.total : await hasTickets(app);
  if (isOver || !embeddedEngine) return;
  const openDays = openDaysOf(await stores.calendar.load());
  await playDemo({
    address,
    tokenFor: (accountId) => tokenFor(app, accountId),
    setBusinessTime: async (at) => {
      stopping.throwIfAborted();
      await clock.moveTo(at);
    },
    releaseBusinessTime: async () => {
      if (!stopping.aborted) await clock.reset();
    },
    isWorkingDay: (date) => openDays.isWorkday(dayOfDate(date)),
    now: app.realClock.now(),
    progress: {
      load: async () => progress?.done ?? 0,
      save: async (done, total) => {
        // An act that failed because the pages are closing is played again.
        stopping.throwIfAborted();
        await stores.settings.set(PROGRESS, JSON.stringify({ done, total }));
      },
    },
    log: (line) => log.warn({}, line),
  });
}

/** For a database that is used for something else than the demonstration. */
export async function skipDemo(app: App) {
  await app.stores.settings.set(PROGRESS, JSON.stringify({ done: 0, total: 0 }));
}

async function hasTickets(app: App) {
  return (await app.stores.tickets.search({ scope: { kind: 'ALL' }, limit: 1 })).total > 0;
}

async function tokenFor(app: App, accountId: string) {
  const account = await app.stores.accounts.find(accountId);
  if (!account) throw new NotFound('account', accountId);
  const { token } = await makeToken(app, actorOf(account), { name: 'demo', days: 1 });
  return token;
}
