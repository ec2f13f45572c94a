import path from 'node:path';
import { z } from 'zod';
import { StartFailure } from './start-failure.ts';

const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off', 'yes', 'no'])
  .transform((value) => ['1', 'true', 'on', 'yes'].includes(value));
const secret = z.string().min(32, 'must have at least 32 characters');

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\//, 'must begin with mysql://')
    .optional(),
  CAMUNDA_REST_ADDRESS: z.url().optional(),
  /** How long the embedded engine keeps what has ended; tickets and their history stay in the application's own tables. */
  ENGINE_HISTORY_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  DEMO: flag.optional(),
  SESSION_SECRET: secret.optional(),
  PII_KEY: secret.optional(),
  /** Proxies in front: how many to believe about the reader's address. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  SECURE_COOKIES: flag.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
});

export interface Settings {
  production: boolean;
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** undefined = the embedded engine. */
  camundaAddress: string | undefined;
  engineHistoryDays: number;
  demo: boolean;
  sessionSecret: string | undefined;
  piiKey: string | undefined;
  trustProxy: number;
  secureCookies: boolean;
  logLevel: string;
}

/** @throws StartFailure naming every variable that makes no sense */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  // An empty variable is what a compose file leaves of one that is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [name], message }) => `${String(name)}: ${message}`);
    throw new StartFailure(`The settings cannot be used: ${problems.join('; ')}.`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  if (production && (!env.SESSION_SECRET || !env.PII_KEY)) {
    throw new StartFailure(
      'In production SESSION_SECRET and PII_KEY must be set, each to at least 32 random characters (openssl rand -hex 32), and kept: without its PII_KEY personal data cannot be read again.',
    );
  }
  return {
    production,
    port: env.PORT,
    host: env.HOST,
    dataDir: path.resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL?.replace(/^mariadb:/, 'mysql:'),
    camundaAddress: env.CAMUNDA_REST_ADDRESS,
    demo: env.DEMO ?? !production,
    sessionSecret: env.SESSION_SECRET,
    piiKey: env.PII_KEY,
    trustProxy: env.TRUST_PROXY,
    secureCookies: env.SECURE_COOKIES ?? production,
    engineHistoryDays: env.ENGINE_HISTORY_DAYS,
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
  };
}
