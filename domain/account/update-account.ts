import { demand } from '../access/demand.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import type { Actor } from './actor.ts';
import { type AccountFields, checkAccount } from './check-account.ts';

export interface UpdateAccount extends AccountFields {
  accountId: string;
  active: boolean;
}

/**
 * An admin changes what an account is and may do. Nobody shuts out or disarms himself: somebody must be left to mend it.
 * @throws InvalidInput, NotFound, NotAllowed('ownAccount')
 */
export async function updateAccount(app: App, actor: Actor, input: UpdateAccount): Promise<Account> {
  demand(actor, 'manageAccounts');
  return app.transaction(async (stores) => {
    const { accountId, active } = input;
    const account = await stores.accounts.find(accountId);
    if (!account) throw new NotFound('account', accountId);
    const checks = new FieldChecks();
    const fields = await checkAccount(stores, checks, { ...input, locale: input.locale ?? account.locale });
    checks.throwIfAny();
    if (accountId === actor.accountId && (!active || !fields.roles.includes('admin')))
      throw new NotAllowed('ownAccount');
    const changes = { ...fields, active };
    await stores.accounts.update(accountId, changes);
    const { roles, unitCode, divisionCode } = fields;
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'accountChanged',
      subject: accountId,
      data: { roles, unitCode, divisionCode, active, rolesBefore: account.roles, activeBefore: account.active },
    });
    return { ...account, ...changes };
  });
}
