import type { Request } from 'express';
import { LOCALES, type Locale } from './messages.ts';

export const LOCALE_COOKIE = 'ld-locale';

/** Of a visitor who is not signed in: the cookie, else what the browser asks for, else Chinese. */
export function chooseLocale(req: Request): Locale {
  const cookie = /(?:^|;\s*)ld-locale=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1];
  const chosen = LOCALES.find((locale) => locale === cookie);
  if (chosen) return chosen;
  return req.acceptsLanguages('zh', 'zh-CN', 'en') === 'en' ? 'en' : 'zh-CN';
}
