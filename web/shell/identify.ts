import type { RequestHandler } from 'express';
import type { Account } from '../../domain/account/account.ts';
import { actorOf } from '../../domain/account/actor-of.ts';
import { accountOfToken } from '../../domain/account/account-of-token.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import type { RoomContext } from '../room.ts';
import { SignInNeeded } from './viewer.ts';
import { passwordMark } from './password-mark.ts';

/** Sets `req.viewer`, `req.locale` and `req.t`; lets everybody pass. Tokens open /api alone, where no session counts without CSRF. */
export function identify({ app, messages }: RoomContext): RequestHandler {
  return async (req, _res, next) => {
    const token = req.path.startsWith('/api/')
      ? /^Bearer\s+(\S+)$/.exec(req.headers.authorization ?? '')?.[1]
      : undefined;
    const account = token
      ? await accountOfToken(app, token)
      : await accountOfSession(req.session, (id) => app.stores.accounts.find(id));
    if (account?.active) req.viewer = { account, actor: actorOf(account), via: token ? 'token' : 'session' };
    req.locale = req.viewer?.account.locale ?? chooseLocale(req);
    req.t = messages.translator(req.locale);
    if (token && !req.viewer) throw new SignInNeeded();
    next();
  };
}

async function accountOfSession(
  session: { accountId?: string; passwordMark?: string } | undefined,
  find: (accountId: string) => Promise<Account | undefined>,
): Promise<Account | undefined> {
  if (!session?.accountId) return undefined;
  const account = await find(session.accountId);
  return account && session.passwordMark === passwordMark(account) ? account : undefined;
}

/** Rooms that are not `open`. A password that somebody else has set is changed before anything else is done. */
export const requireSignIn: RequestHandler = (req, res, next) => {
  if (!req.viewer) next(new SignInNeeded());
  else if (
    req.viewer.account.mustChangePassword &&
    req.viewer.via === 'session' &&
    !req.originalUrl.startsWith('/account')
  ) {
    if (req.method === 'GET' && req.accepts('html')) res.redirect(303, '/account');
    else next(new NotAllowed('passwordMustChange'));
  } else next();
};
