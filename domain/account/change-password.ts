import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Actor } from './actor.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { checkNewPassword } from './password-policy.ts';

/** One's own password. @throws InvalidInput naming what is wrong with the old or the new one, NotFound */
export async function changePassword(
  app: App,
  hasher: PasswordHasher,
  actor: Actor,
  input: { currentPassword: string; newPassword: string },
): Promise<void> {
  const { accountId } = actor;
  const account = await app.stores.accounts.find(accountId);
  if (!account) throw new NotFound('account', accountId);
  const checks = new FieldChecks();
  if (!(await hasher.verify(account.passwordHash, input.currentPassword)))
    checks.add('currentPassword', 'wrongPassword');
  checkNewPassword(checks, 'newPassword', input.newPassword, accountId);
  if (input.newPassword === input.currentPassword) checks.add('newPassword', 'passwordUnchanged');
  checks.throwIfAny();
  const passwordHash = await hasher.hash(input.newPassword);
  await app.transaction(async (stores) => {
    await stores.accounts.update(accountId, { passwordHash, mustChangePassword: false });
    await recordAudit(stores, app.realClock.now(), actor, { action: 'passwordChanged', subject: accountId });
  });
}
