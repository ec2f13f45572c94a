import { Router, type Request, type Response } from 'express';
import { changePassword } from '../../domain/account/change-password.ts';
import { deleteToken, makeToken } from '../../domain/account/make-token.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { describeError } from '../http/describe-error.ts';
import type { Room } from '../room.ts';
import { requireViewer } from '../shell/viewer.ts';
import { openSession } from './sign-in-room.ts';

/** /account: who I am here, my password, my tokens. */
export const accountRoom: Room = {
  path: '/account',
  router: ({ app, hasher, page }) => {
    const router = Router();
    const show = async (req: Request, res: Response, more: Record<string, unknown> = {}) => {
      const { account, actor } = requireViewer(req);
      const unit = account.unitCode === null ? undefined : await app.stores.units.find(account.unitCode);
      const tokens = await app.stores.apiTokens.ofAccount(account.accountId);
      page(req, res, 'accounts/account', {
        title: req.t('account.title'),
        account,
        groups: actor.groups,
        unitName: unit && (req.locale === 'en' ? unit.nameEn : unit.name),
        tokens,
        ...more,
      });
    };

    router.get('/', (req, res) => show(req, res, { saved: req.query['saved'] !== undefined }));

    router.post('/password', async (req, res) => {
      const { actor } = requireViewer(req);
      const {
        currentPassword = '',
        newPassword = '',
        repeatPassword = '',
      } = req.body as Record<string, string | undefined>;
      try {
        if (newPassword !== repeatPassword)
          throw new InvalidInput([{ field: 'repeatPassword', code: 'passwordsDiffer' }]);
        await changePassword(app, hasher, actor, { currentPassword, newPassword });
      } catch (error) {
        await showProblem(req, res, error, 'passwordProblem');
        return;
      }
      const account = await app.stores.accounts.find(actor.accountId);
      if (account) await openSession(req, account);
      res.redirect(303, '/account?saved=1');
    });

    router.post('/tokens', async (req, res) => {
      const { actor } = requireViewer(req);
      const { name = '', days = '' } = req.body as Record<string, string | undefined>;
      try {
        const { token } = await makeToken(app, actor, { name, days: days === '' ? null : Number(days) });
        await show(req, res, { newToken: token });
      } catch (error) {
        await showProblem(req, res, error, 'tokenProblem');
      }
    });

    router.post('/tokens/:tokenHash/delete', async (req, res) => {
      await deleteToken(app, requireViewer(req).actor, { tokenHash: req.params.tokenHash });
      res.redirect(303, '/account');
    });

    async function showProblem(req: Request, res: Response, error: unknown, place: string) {
      const problem = describeError(error, req.t);
      if (problem.status >= 500) throw error;
      res.status(problem.status);
      await show(req, res, { [place]: problem.detail });
    }
    return router;
  },
};
