import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { pino } from 'pino';
import { csrfProtection } from './http/csrf.ts';
import { errorPages, noSuchPage } from './http/error-pages.ts';
import { health } from './http/health.ts';
import { writeLimit } from './http/rate-limits.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { openSessions } from './http/sessions.ts';
import { openStaticFiles } from './http/static-files.ts';
import { loadMessages } from './i18n/messages.ts';
import { chooseLocale } from './i18n/choose-locale.ts';
import { openLiveChanges } from './live/live-changes.ts';
import type { RoomContext } from './room.ts';
import { rooms } from './rooms.ts';
import { identify, requireSignIn } from './shell/identify.ts';
import { calendarReader, shellData } from './shell/shell-data.ts';
import { loadViews } from './view/views.ts';
import type { WebOptions } from './web-options.ts';

const BODY_LIMIT = '256kb';
/** JSON carries whole process drawings. */
const JSON_LIMIT = '4mb';
const KEEP_ALIVE_MS = 65_000;

export interface Web {
  /** `http://127.0.0.1:3000` */
  address: string;
  close(): Promise<void>;
}

/** Pages, API and live changes on one port. */
export async function openWeb(options: WebOptions): Promise<Web> {
  const { host, port } = options.settings;
  const { express: app, close } = await buildWeb(options);
  const server = createServer(app);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: async () => {
      close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Without listening: for supertest. */
export async function buildWeb(options: WebOptions): Promise<{ express: Express; close(): void }> {
  const log = options.log ?? pino({ level: 'warn' });
  const messages = loadMessages();
  const live = await openLiveChanges(options.app.stores, log);
  const sessions = await openSessions(options.knex, options.settings, (error) =>
    log.error({ err: error }, 'session clean-up failed'),
  );
  const calendar = calendarReader(options.app.stores);
  const views = loadViews();
  const files = openStaticFiles();
  const doors = rooms.flatMap((room) => room.doors ?? []);
  const context: RoomContext = {
    ...options,
    log,
    messages,
    live,
    page: (req, res, view, data) => {
      const shell = shellData(context, files, doors, calendar.current(), req, { layout: 'page', ...data });
      res.type('html').send(views.render('views/layout', { ...shell, content: views.render(view, shell) }));
    },
    fragment: (req, res, view, data) => {
      res.type('html').send(views.render(view, shellData(context, files, doors, calendar.current(), req, data)));
    },
  };

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.settings.trustProxy);
  app.set('query parser', 'simple');
  app.use((req, _res, next) => {
    req.locale = chooseLocale(req);
    req.t = messages.translator(req.locale);
    next();
  });
  app.use(requestLog(log), securityHeaders(options.settings.secureCookies));
  app.use('/assets', files.handler);
  app.use(health(context));
  app.use(sessions.handler, identify(context));
  app.use(
    express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 500 }),
    express.json({ limit: JSON_LIMIT }),
  );
  app.use(csrfProtection, writeLimit());
  app.use((_req, res, next) => {
    // Pages hold what only their reader may see.
    res.setHeader('cache-control', 'no-store');
    calendar.refresh().then(() => next(), next);
  });
  // The open ones first: a closed room at `/` would turn everybody away before them.
  for (const room of rooms.filter(({ open }) => open)) app.use(room.path, room.router(context));
  for (const room of rooms.filter(({ open }) => !open)) app.use(room.path, requireSignIn, room.router(context));
  app.use(noSuchPage, errorPages(context));
  return {
    express: app,
    close: () => {
      live.close();
      sessions.close();
    },
  };
}
