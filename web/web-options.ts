import type { Logger } from 'pino';
import type { Knex } from 'knex';
import type { PasswordHasher } from '../domain/account/password-hasher.ts';
import type { App } from '../domain/ports/app.ts';
import type { ReadBpmn } from '../domain/ports/bpmn-reader.ts';
import type { Lint } from '../domain/ports/process-lint.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';

export interface WebSettings {
  host: string;
  /** 0 = any free one. */
  port: number;
  /** Demo accounts on the login page, and a clock that people may move. */
  demo: boolean;
  sessionSecret: string;
  /** Express's `trust proxy`: the number of proxies in front, 0 = none. */
  trustProxy: number;
  /** Cookies only over HTTPS. */
  secureCookies: boolean;
}

/** The demonstration's business clock: an offset in the database that `main.ts` keeps, and the engine's pinned clock with it. */
export interface DemoClock {
  offsetMs(): number;
  advance(ms: number): Promise<void>;
  /** Moves to the next open limit's due time; answers the new instant, or null when nothing is due. */
  toNextDeadline(): Promise<number | null>;
  reset(): Promise<void>;
}

/** A demo account as the login page lists it. */
export interface DemoAccount {
  accountId: string;
  password: string;
}

export interface WebOptions {
  app: App;
  engine: ProcessEngine;
  settings: WebSettings;
  hasher: PasswordHasher;
  /** The store's `sessionsKnex`: for sessions alone, everything else goes through `app`. */
  knex: Knex;
  demoClock?: DemoClock;
  demoAccounts?: DemoAccount[];
  /** Element templates of our workers and of Camunda, for the modeler. */
  elementTemplates: (locale: 'zh-CN' | 'en') => object[];
  lint: Lint;
  readBpmn: ReadBpmn;
  /** True when the engine is the embedded one: its clock can be moved. */
  embeddedEngine: boolean;
  /** Whether migrations are done; the engine is asked by itself. */
  isReady?: () => Promise<boolean>;
  log?: Logger;
}
