import type { Stores } from '../../domain/ports/stores.ts';
import type { Translate } from '../i18n/messages.ts';

/** Account → display name; the system names itself in the reader's language. */
export async function accountNames(
  stores: Stores,
  accountIds: Iterable<string>,
  t: Translate,
): Promise<(accountId: string) => string> {
  const names = new Map<string, string>();
  for (const accountId of new Set(accountIds)) {
    const account = accountId === 'system' ? undefined : await stores.accounts.find(accountId);
    names.set(accountId, account?.displayName ?? accountId);
  }
  names.set('system', t('actor.system'));
  return (accountId) => names.get(accountId) ?? accountId;
}
