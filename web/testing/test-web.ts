import type { Express } from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import type { Account } from '../../domain/account/account.ts';
import type { PasswordHasher } from '../../domain/account/password-hasher.ts';
import type { App } from '../../domain/ports/app.ts';
import type { ProcessEngine } from '../../domain/ports/process-engine.ts';
import { readBpmn } from '../../camunda/read-bpmn.ts';
import type { Store } from '../../store/open-store.ts';
import { databases } from '../../store/testing/databases.ts';
import { buildWeb } from '../open-web.ts';
import type { WebOptions } from '../web-options.ts';

/** Monday, 2026-11-23 10:00 in Shanghai. */
export const MONDAY_10 = Date.parse('2026-11-23T10:00:00+08:00');
export const PASSWORD = 'Right-Pass-1';

/** The pages over a real database of their own; the engine only answers that it is ready. */
export interface TestWeb {
  express: Express;
  app: App;
  store: Store;
  clock: { at: number };
  addAccount(account: Partial<Account> & Pick<Account, 'accountId' | 'roles'>): Promise<void>;
  /** A browser that is signed in, and the token its forms carry. */
  signIn(accountId: string): Promise<Browser>;
  close(): Promise<void>;
}
export interface Browser {
  agent: ReturnType<typeof supertest.agent>;
  csrf: string;
}

/** Argon2 is slow on purpose, and not what is tested here. */
const quickHasher: PasswordHasher = {
  hash: async (password) => `quick:${password}`,
  verify: async (hash, password) => hash === `quick:${password}`,
};

export async function openTestWeb(more: Partial<WebOptions> = {}, database = databases[0]!): Promise<TestWeb> {
  const { store, drop } = await database.open();
  const clock = { at: MONDAY_10, now: () => clock.at };
  const app: App = {
    clock,
    realClock: { now: () => Date.now() },
    stores: store.stores,
    transaction: store.transaction,
  };
  await seedCalendar(app);
  const { express, close } = await buildWeb({
    app,
    engine: { isReady: async () => true } as ProcessEngine,
    settings: {
      host: '127.0.0.1',
      port: 0,
      demo: false,
      sessionSecret: 'only for tests',
      trustProxy: 0,
      secureCookies: false,
    },
    hasher: quickHasher,
    knex: store.sessionsKnex,
    elementTemplates: () => [],
    readBpmn,
    lint: async () => [],
    embeddedEngine: true,
    log: pino({ level: 'silent' }),
    ...more,
  });
  return {
    express,
    app,
    store,
    clock,
    addAccount: (account) => addAccount(app, account),
    signIn: (accountId) => signIn(express, accountId),
    close: async () => {
      close();
      await drop();
    },
  };
}

async function seedCalendar(app: App): Promise<void> {
  await app.transaction((stores) =>
    stores.calendar.save({
      years: [{ year: 2026, status: 'OFFICIAL' }],
      days: [],
      openingHours: {
        spans: [
          { fromMinute: 510, toMinute: 720 },
          { fromMinute: 840, toMinute: 1050 },
        ],
      },
    }),
  );
}

async function addAccount(app: App, account: Partial<Account> & Pick<Account, 'accountId' | 'roles'>): Promise<void> {
  await app.transaction((stores) =>
    stores.accounts.insert({
      displayName: account.accountId,
      unitCode: null,
      divisionCode: null,
      locale: 'zh-CN',
      theme: 'auto',
      active: true,
      passwordHash: `quick:${PASSWORD}`,
      mustChangePassword: false,
      createdAt: MONDAY_10,
      ...account,
    }),
  );
}

async function signIn(express: Express, accountId: string): Promise<Browser> {
  const agent = supertest.agent(express);
  const login = await agent.get('/login');
  await agent
    .post('/login')
    .type('form')
    .send({ _csrf: formToken(login.text), accountId, password: PASSWORD })
    .expect(303);
  const page = await agent.get('/account').expect(200);
  return { agent, csrf: formToken(page.text) };
}

/** The token of the first form of a page. */
export function formToken(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
