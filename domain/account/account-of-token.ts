import { MINUTE_MS } from '../calendar/shanghai-time.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import { tokenHashOf } from './token-hash.ts';

/** A busy program would otherwise write with every request that it reads. */
const TOUCH_EVERY_MS = 5 * MINUTE_MS;

/** The active account that a token stands for; undefined for one that is unknown, over, or of an account that is shut. */
export async function accountOfToken(app: App, token: string): Promise<Account | undefined> {
  const tokenHash = tokenHashOf(token);
  const now = app.realClock.now();
  const accountId = await app.stores.apiTokens.findAccountId(tokenHash, now);
  const account = accountId === undefined ? undefined : await app.stores.accounts.find(accountId);
  if (!account?.active) return undefined;
  const known = (await app.stores.apiTokens.ofAccount(account.accountId)).find((one) => one.tokenHash === tokenHash);
  if (known && (known.lastUsedAt === null || known.lastUsedAt < now - TOUCH_EVERY_MS)) {
    await app.stores.apiTokens.touch(tokenHash, now);
  }
  return account;
}
