import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import { SYSTEM } from './actor.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { oneTimePassword } from './password-policy.ts';

/** Where no account exists, makes `admin` and answers its one-time password, this once; null wherever one exists. */
export async function firstAdmin(
  app: App,
  hasher: PasswordHasher,
): Promise<{ accountId: string; password: string } | null> {
  if ((await app.stores.accounts.list()).length > 0) return null;
  const password = oneTimePassword();
  const realNow = app.realClock.now();
  const account: Account = {
    accountId: 'admin',
    displayName: '管理员',
    roles: ['admin', 'designer'],
    unitCode: null,
    divisionCode: null,
    locale: 'zh-CN',
    theme: 'auto',
    active: true,
    passwordHash: await hasher.hash(password),
    mustChangePassword: true,
    createdAt: realNow,
  };
  const made = await app.transaction(async (stores) => {
    // Another node may have been first since.
    if ((await stores.accounts.list()).length > 0) return false;
    await stores.accounts.insert(account);
    await recordAudit(stores, realNow, SYSTEM, {
      action: 'accountCreated',
      subject: 'admin',
      data: { roles: account.roles },
    });
    return true;
  });
  return made ? { accountId: account.accountId, password } : null;
}
