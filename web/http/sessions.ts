import session from 'express-session';
import type { RequestHandler } from 'express';
import type { Knex } from 'knex';
import { ConnectSessionKnexStore } from 'connect-session-knex';
import type { WebSettings } from '../web-options.ts';

/** Rolling: each request begins it anew. Real time, whatever the demo clock says. */
export const SESSION_MS = 8 * 3_600_000;
const CLEAN_UP_EVERY_MS = 10 * 60_000;

/** The library reports a failure to its callback and rejects as well; nobody waits for the latter. */
class SessionStore extends ConnectSessionKnexStore {
  override get(...args: Parameters<ConnectSessionKnexStore['get']>) {
    return super.get(...args).catch(() => null);
  }
  override set(...args: Parameters<ConnectSessionKnexStore['set']>) {
    return super.set(...args).catch(() => undefined);
  }
  /** A failure here is told to nobody by the library: the request would hang and the rejection end the process. */
  override touch(...[id, content, callback]: Parameters<ConnectSessionKnexStore['touch']>) {
    return super.touch(id, content, callback).catch(callback as ((error: unknown) => void) | undefined);
  }
  override destroy(...args: Parameters<ConnectSessionKnexStore['destroy']>) {
    return super.destroy(...args).catch(() => 0);
  }
}

export interface Sessions {
  handler: RequestHandler;
  close(): void;
}

/** Sessions in the database, so that any node serves any browser. */
export async function openSessions(
  knex: Knex,
  settings: WebSettings,
  onError: (error: unknown) => void,
): Promise<Sessions> {
  const store = new SessionStore({
    knex,
    tableName: 'sessions',
    cleanupInterval: CLEAN_UP_EVERY_MS,
    onDbCleanupError: onError,
  });
  await store.ready;
  const handler = session({
    store,
    name: 'ld-session',
    secret: settings.sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: settings.secureCookies, maxAge: SESSION_MS },
  });
  return { handler, close: () => clearTimeout(store.nextDbCleanup) };
}
