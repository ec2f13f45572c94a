import { demand } from '../access/demand.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import type { Actor } from './actor.ts';

export type ListedAccount = Omit<Account, 'passwordHash'>;

/** @throws NotAllowed */
export async function listAccounts(app: App, actor: Actor): Promise<ListedAccount[]> {
  demand(actor, 'manageAccounts');
  const accounts = await app.stores.accounts.list();
  return accounts.map(({ passwordHash: _secret, ...account }) => account);
}
