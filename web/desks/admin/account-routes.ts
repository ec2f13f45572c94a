import { z } from 'zod';
import { ROLES } from '../../../domain/account/account.ts';
import { createAccount } from '../../../domain/account/create-account.ts';
import { listAccounts } from '../../../domain/account/list-accounts.ts';
import { resetPassword } from '../../../domain/account/reset-password.ts';
import { updateAccount } from '../../../domain/account/update-account.ts';
import { checkInput } from '../../http/check-input.ts';
import { unitNames } from '../../view/unit-names.ts';
import { unitOptions } from '../unit-options.ts';
import { adminOf, listOf, type AdminRoutes } from './admin-routes.ts';

const fields = z.object({
  accountId: z.string(),
  displayName: z.string(),
  roles: z.unknown().transform(listOf),
  unitCode: z.string().nullish(),
  active: z.unknown().transform((value) => value === 'on' || value === 'true'),
});

export const accountRoutes: AdminRoutes = (router, context) => {
  const { app, hasher } = context;

  router.get('/accounts', async (req, res) => {
    const accounts = await listAccounts(app, adminOf(req));
    const unitName = await unitNames(app.stores, req.locale);
    const words = String(req.query['words'] ?? '').trim();
    const found = accounts.filter(({ accountId, displayName }) => `${accountId} ${displayName}`.includes(words));
    context.page(req, res, 'desks/views/admin-accounts', {
      title: req.t('admin.accounts'),
      layout: 'wide',
      words,
      units: await unitOptions(app.stores, req.locale, undefined),
      roles: ROLES,
      accounts: await Promise.all(
        found.map(async (account) => ({
          ...account,
          unit: unitName(account.unitCode),
          units: await unitOptions(app.stores, req.locale, account.unitCode ?? undefined),
          roleChoices: ROLES.map((role) => ({ role, on: account.roles.includes(role) })),
        })),
      ),
      oneTime: req.session.oneTime,
      saved: req.query['saved'] === '1',
    });
    // shown once
    req.session.oneTime = undefined;
  });

  router.post('/accounts', async (req, res) => {
    const { active: _active, ...input } = checkInput(fields, req.body);
    const created = await createAccount(app, hasher, adminOf(req), input);
    req.session.oneTime = { accountId: input.accountId, password: created.password };
    res.redirect(303, '/admin/accounts');
  });

  router.post('/accounts/:accountId', async (req, res) => {
    await updateAccount(app, adminOf(req), checkInput(fields, { ...req.body, accountId: req.params.accountId }));
    res.redirect(303, '/admin/accounts?saved=1');
  });

  router.post('/accounts/:accountId/reset', async (req, res) => {
    const { accountId } = req.params;
    const { password } = await resetPassword(app, hasher, adminOf(req), { accountId });
    req.session.oneTime = { accountId, password };
    res.redirect(303, '/admin/accounts');
  });
};

declare module 'express-session' {
  interface SessionData {
    /** A new one-time password, until it has been shown. */
    oneTime?: { accountId: string; password: string };
  }
}
