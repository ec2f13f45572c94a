import type { Account } from '../../domain/account/account.ts';
import type { TestApp } from './start-app.ts';

/** One more account beside one of the demonstration: its roles, its unit, its password. @returns its id */
export async function addColleague(
  town: TestApp,
  of: string,
  colleague: Pick<Account, 'accountId' | 'displayName'>,
): Promise<string> {
  const account = await town.app.stores.accounts.find(of);
  if (!account) throw new Error(`no account ${of}`);
  await town.app.stores.accounts.insert({ ...account, ...colleague });
  return colleague.accountId;
}
