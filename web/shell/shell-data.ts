import type { Request } from 'express';
import type { WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Stores } from '../../domain/ports/stores.ts';
import { csrfToken } from '../http/csrf.ts';
import type { StaticFiles } from '../http/static-files.ts';
import type { Door, PageData, RoomContext } from '../room.ts';
import { clockWords } from './clock-words.ts';
import { navigationFor } from './doors.ts';

const CALENDAR_KEPT_MS = 30_000;

/** The calendar for the clock in the top bar: read ahead, since a page is rendered in one go. */
export function calendarReader(stores: Stores): { current(): WorkingCalendar | undefined; refresh(): Promise<void> } {
  let calendar: WorkingCalendar | undefined;
  let readAt = -Infinity;
  return {
    current: () => calendar,
    refresh: async () => {
      if (performance.now() - readAt < CALENDAR_KEPT_MS) return;
      calendar = await stores.calendar.load();
      readAt = performance.now();
    },
  };
}

/** What the layout and every template may use. */
export function shellData(
  context: RoomContext,
  files: StaticFiles,
  doors: readonly Door[],
  calendar: WorkingCalendar | undefined,
  req: Request,
  data: Record<string, unknown>,
): Record<string, unknown> {
  const now = context.app.clock.now();
  const { t, viewer } = req;
  return {
    ...data,
    t,
    now,
    asset: files.address,
    locale: req.locale,
    otherLocale: req.locale === 'en' ? 'zh-CN' : 'en',
    theme: viewer?.account.theme ?? 'auto',
    viewer: viewer && { ...viewer.actor, theme: viewer.account.theme },
    here: req.originalUrl,
    // A visitor gets a session only where there is a form to protect: the login page asks for it itself.
    csrf: data['csrf'] ?? (viewer?.via === 'session' ? csrfToken(req) : ''),
    demo: context.settings.demo && context.demoClock ? { offsetMs: context.demoClock.offsetMs() } : null,
    navigation: viewer ? navigationFor(doors, viewer.actor, req.originalUrl.split('?')[0] ?? '/', t) : [],
    clock: calendar && clockWords(now, calendar, t),
    browserMessages: context.messages.startingWith(req.locale, 'browser.'),
    hasScript: (data as Partial<PageData>).scripts ?? [],
  };
}
