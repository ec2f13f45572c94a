import { demand } from '../access/demand.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import type { Actor } from './actor.ts';
import { type AccountFields, checkAccount } from './check-account.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { oneTimePassword } from './password-policy.ts';

export interface CreateAccount extends AccountFields {
  accountId: string;
}

/**
 * An admin makes an account; the answer holds its one-time password, which is shown once and must be changed.
 * @throws InvalidInput, NotAllowed, Conflict('accountExists')
 */
export async function createAccount(
  app: App,
  hasher: PasswordHasher,
  actor: Actor,
  input: CreateAccount,
): Promise<{ account: Account; password: string }> {
  demand(actor, 'manageAccounts');
  const checks = new FieldChecks();
  const accountId = checks.text('accountId', input.accountId, {
    required: true,
    max: 40,
    min: 2,
    pattern: /^[a-z0-9-]+$/,
  });
  const fields = await checkAccount(app.stores, checks, input);
  checks.throwIfAny();
  const password = oneTimePassword();
  const account: Account = {
    ...fields,
    accountId: accountId ?? '',
    theme: 'auto',
    active: true,
    passwordHash: await hasher.hash(password),
    mustChangePassword: true,
    createdAt: app.realClock.now(),
  };
  await app.transaction(async (stores) => {
    if (await stores.accounts.find(account.accountId)) {
      throw new Conflict('accountExists', { accountId: account.accountId });
    }
    await stores.accounts.insert(account);
    const { roles, unitCode, divisionCode } = account;
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'accountCreated',
      subject: account.accountId,
      data: { roles, unitCode, divisionCode },
    });
  });
  return { account, password };
}
