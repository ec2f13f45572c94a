import { Router } from 'express';
import { savePreferences } from '../../domain/account/save-preferences.ts';
import { LOCALE_COOKIE } from '../i18n/choose-locale.ts';
import { LOCALES } from '../i18n/messages.ts';
import type { Room } from '../room.ts';
import { safeNext } from './safe-next.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
const THEMES = ['light', 'dark', 'auto'] as const;

/** Language and colours: kept with the account, and the language in a cookie for the login page. */
export const preferencesRoom: Room = {
  path: '/preferences',
  open: true,
  router: ({ app, settings }) => {
    const router = Router();
    router.post('/', async (req, res) => {
      const body = req.body as Record<string, unknown>;
      const locale = LOCALES.find((known) => known === body['locale']);
      const theme = THEMES.find((known) => known === body['theme']);
      if (locale)
        res.cookie(LOCALE_COOKIE, locale, { maxAge: YEAR_MS, sameSite: 'lax', secure: settings.secureCookies });
      if (req.viewer) await savePreferences(app, req.viewer.actor, { locale, theme });
      res.redirect(303, safeNext(body['next']));
    });
    return router;
  },
};
