import { demand } from '../access/demand.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Actor } from './actor.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { oneTimePassword } from './password-policy.ts';

/**
 * An admin gives an account a new one-time password; its tokens end with the old one, and a lock is lifted.
 * @throws NotFound, NotAllowed
 */
export async function resetPassword(
  app: App,
  hasher: PasswordHasher,
  actor: Actor,
  { accountId }: { accountId: string },
): Promise<{ password: string }> {
  demand(actor, 'manageAccounts');
  const password = oneTimePassword();
  const passwordHash = await hasher.hash(password);
  await app.transaction(async (stores) => {
    if (!(await stores.accounts.find(accountId))) throw new NotFound('account', accountId);
    await stores.accounts.update(accountId, { passwordHash, mustChangePassword: true });
    for (const { tokenHash } of await stores.apiTokens.ofAccount(accountId)) {
      await stores.apiTokens.delete(accountId, tokenHash);
    }
    await recordAudit(stores, app.realClock.now(), actor, { action: 'passwordReset', subject: accountId });
  });
  return { password };
}
