import type { Request, Response, Router } from 'express';
import type { Logger } from 'pino';
import type { Role } from '../domain/account/account.ts';
import type { Messages } from './i18n/messages.ts';
import type { LiveChanges } from './live/live-changes.ts';
import type { WebOptions } from './web-options.ts';

/** A link of the left navigation, shown to whoever holds one of `roles`. */
export interface Door {
  href: string;
  icon: string; // tabler icon without `ti-`
  titleKey: string;
  section: 'work' | 'oversight' | 'process' | 'admin';
  /** 'any' = everybody who is signed in. */
  roles: readonly Role[] | 'any';
  order: number;
}

/** What every room's router is given. */
export interface RoomContext extends WebOptions {
  log: Logger;
  messages: Messages;
  live: LiveChanges;
  /** A whole page inside the layout. `view` is a template's path below web/ without `.hbs`, e.g. `tickets/views/tickets`. */
  page(req: Request, res: Response, view: string, data: PageData): void;
  /** The same template without the layout: for htmx. */
  fragment(req: Request, res: Response, view: string, data: Record<string, unknown>): void;
}
export interface PageData extends Record<string, unknown> {
  /** Already in the reader's language. */
  title: string;
  /** Browser modules of web/browser to load, by name without extension. */
  scripts?: string[];
  /** Style sheets that come with such a module (it imports CSS), by the module's name. */
  styles?: string[];
  /** Classes of <main>; `bare` pages have no navigation. */
  layout?: 'panes' | 'panes has-task' | 'page' | 'wide' | 'bare';
}

/** A folder of pages plugged into the shell (web/README.md). */
export interface Room {
  path: string;
  doors?: readonly Door[];
  /** Reached without a session. */
  open?: boolean;
  router(context: RoomContext): Router;
}
