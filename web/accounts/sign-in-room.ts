import { Router, type Request } from 'express';
import { signIn } from '../../domain/account/sign-in.ts';
import type { Account } from '../../domain/account/account.ts';
import { csrfToken } from '../http/csrf.ts';
import { describeError } from '../http/describe-error.ts';
import { signInLimit } from '../http/rate-limits.ts';
import type { Room } from '../room.ts';
import { passwordMark } from '../shell/password-mark.ts';
import { safeNext } from '../shell/safe-next.ts';

/** /login and /logout. The session is a new one after each sign-in, so that none can be planted before. */
export const signInRoom: Room = {
  path: '/',
  open: true,
  router: ({ app, hasher, page, settings, demoAccounts }) => {
    const router = Router();

    router.get('/login', async (req, res) => {
      if (req.viewer) res.redirect(303, safeNext(req.query['next']));
      else page(req, res, 'accounts/login', await loginPage(req, null));
    });

    router.post('/login', signInLimit(), async (req, res) => {
      const { accountId, password, next } = req.body as Record<string, string | undefined>;
      let account: Account;
      try {
        account = await signIn(app, hasher, {
          accountId: accountId ?? '',
          password: password ?? '',
          remoteAddress: req.ip ?? null,
        });
      } catch (error) {
        const problem = describeError(error, req.t);
        if (problem.status >= 500) throw error;
        res.status(problem.status);
        page(req, res, 'accounts/login', await loginPage(req, problem.detail));
        return;
      }
      await openSession(req, account);
      res.redirect(303, account.mustChangePassword ? '/account' : safeNext(next));
    });

    router.post('/logout', async (req, res) => {
      await new Promise<void>((resolve, reject) =>
        req.session.destroy((error) => (error ? reject(error as Error) : resolve())),
      );
      res.clearCookie('ld-session');
      res.redirect(303, '/login');
    });

    async function listedAccounts() {
      const found = await Promise.all((demoAccounts ?? []).map(({ accountId }) => app.stores.accounts.find(accountId)));
      return (demoAccounts ?? []).flatMap(({ accountId, password }, index) => {
        const account = found[index];
        return account?.active ? [{ fill: { accountId, password }, ...account }] : [];
      });
    }
    async function loginPage(req: Request, problem: string | null) {
      const body = (req.body ?? {}) as Record<string, string | undefined>;
      return {
        title: req.t('login.title'),
        layout: 'bare' as const,
        csrf: csrfToken(req),
        problem,
        accountId: body['accountId'] ?? '',
        next: safeNext(body['next'] ?? req.query['next']),
        demoAccounts: settings.demo ? await listedAccounts() : [],
      };
    }
    return router;
  },
};

/** Signs a browser in under a new session id. */
export async function openSession(req: Request, account: Account): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.regenerate((error) => (error ? reject(error as Error) : resolve())),
  );
  req.session.accountId = account.accountId;
  req.session.passwordMark = passwordMark(account);
  req.session.signedInAt = Date.now();
}
