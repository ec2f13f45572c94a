import { FieldChecks } from '../errors/field-checks.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import type { Actor } from './actor.ts';

/** One's own language and theme. @throws InvalidInput */
export async function savePreferences(
  app: App,
  actor: Actor,
  input: { locale?: string; theme?: string },
): Promise<Partial<Pick<Account, 'locale' | 'theme'>>> {
  const checks = new FieldChecks();
  const locale = checks.option('locale', input.locale, ['zh-CN', 'en']);
  const theme = checks.option('theme', input.theme, ['light', 'dark', 'auto']);
  checks.throwIfAny();
  const changes = { ...(locale ? { locale } : {}), ...(theme ? { theme } : {}) };
  if (Object.keys(changes).length > 0) await app.stores.accounts.update(actor.accountId, changes);
  return changes;
}
