import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import { demoAccounts } from '../../demo/accounts.ts';
import { actorOf } from '../../domain/account/actor-of.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import type { Task } from '../../domain/task/task.ts';
import { readSettings, type Settings } from '../../main/settings.ts';
import { startLiandong, type Liandong } from '../../main/start-liandong.ts';

const PATIENCE_MS = 30_000;

/** The whole application on free ports, in a folder of its own. */
export interface TestApp extends Liandong {
  settings: Settings;
  /** One of the demo accounts. */
  as(accountId: string): Promise<Actor>;
  /** The ticket's open task at the element, as soon as the engine has made it. */
  taskAt(ticketNo: string, elementId: string): Promise<Task>;
  /** Somebody completes that task. @returns its key */
  answer(ticketNo: string, elementId: string, accountId: string, answers: Record<string, unknown>): Promise<string>;
  /** Waits for something that the engine and the workers bring about. */
  until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T>;
  /** Stops and takes folder and database away. */
  end(): Promise<void>;
}

/** Runs on SQLite, or on a database of its own made at `mariadbUrl` (`mysql://user:password@host:port/`). */
export async function startApp(options: { mariadbUrl?: string } = {}): Promise<TestApp> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'liandong-app-'));
  const database = options.mariadbUrl === undefined ? undefined : await makeDatabase(options.mariadbUrl);
  const settings = testSettings(dataDir, database?.url);
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  // The sample tickets' past would move the clock under the test's feet.
  const app = await startLiandong(settings, log, { playDemo: false });
  return { ...withPeople(app), settings, end: () => end(app, dataDir, database) };
}

export function testSettings(dataDir: string, databaseUrl?: string): Settings {
  return readSettings({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: '0', DEMO: 'on' });
}

export async function makeDatabase(server: string) {
  const schema = `liandong_app_${randomBytes(6).toString('hex')}`;
  const onServer = async (sql: string) => {
    const connection = await createConnection(server);
    await connection.query(sql).finally(() => connection.end());
  };
  await onServer(`create database ${schema} character set utf8mb4 collate utf8mb4_bin`);
  return { url: new URL(schema, server).href, drop: () => onServer(`drop database ${schema}`) };
}

async function end(app: Liandong, dataDir: string, database: { drop(): Promise<void> } | undefined) {
  await app.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
}

function withPeople(running: Liandong) {
  const { app } = running;
  const people = new Map<string, Actor>();
  const as = async (accountId: string) => {
    const known = people.get(accountId);
    if (known) return known;
    const account = await app.stores.accounts.find(accountId);
    if (!account)
      throw new Error(`no account ${accountId}; there are ${demoAccounts.map((demo) => demo.accountId).join(', ')}`);
    const actor = actorOf(account);
    people.set(accountId, actor);
    return actor;
  };
  const taskAt = (ticketNo: string, elementId: string) =>
    until(`${ticketNo} ${elementId}`, async () =>
      (await app.stores.tasks.openOfTicket(ticketNo)).find(
        (task) => task.elementId === elementId && task.state === 'CREATED',
      ),
    );
  return {
    ...running,
    as,
    taskAt,
    until,
    async answer(ticketNo: string, elementId: string, accountId: string, answers: Record<string, unknown>) {
      const { taskKey } = await taskAt(ticketNo, elementId);
      await completeTask(app, await as(accountId), { taskKey, answers });
      return taskKey;
    },
  };
}

async function until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  const latest = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > latest) throw new Error(`waited in vain for ${what}`);
    await sleep(15);
  }
}
