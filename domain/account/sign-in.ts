import { MINUTE_MS } from '../calendar/shanghai-time.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Account } from './account.ts';
import type { Actor } from './actor.ts';
import { actorOf } from './actor-of.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** So many wrong passwords within this time lock an account until the time has passed since the last of them. */
const MAX_FAILURES = 5;
const LOCK_MS = 15 * MINUTE_MS;

/** Keeps the answer to an unknown name as slow as to a wrong password, so that names cannot be found out. */
const dummyHashes = new WeakMap<PasswordHasher, Promise<string>>();

export interface SignIn {
  accountId: string;
  password: string;
  remoteAddress: string | null;
}

/**
 * Name and password → the account. Failures are counted from the audit log itself, in real time: they hold on every node and
 * across restarts, and a lock is visible to whoever reads the log.
 * @throws NotAllowed('signInFailed' | 'signInLocked' | 'accountInactive')
 */
export async function signIn(app: App, hasher: PasswordHasher, input: SignIn): Promise<Account> {
  const accountId = input.accountId.trim().toLowerCase().slice(0, 40);
  const realNow = app.realClock.now();
  const lockedUntil = await lockedUntilAt(app, accountId, realNow);
  if (lockedUntil > realNow) {
    throw new NotAllowed('signInLocked', { minutes: Math.ceil((lockedUntil - realNow) / MINUTE_MS) });
  }
  const account = await app.stores.accounts.find(accountId);
  const known = account ? account.passwordHash : await dummyHash(hasher);
  const right = (await hasher.verify(known, input.password)) && account !== undefined;
  const { remoteAddress } = input;
  if (!account || !right) {
    const stranger: Actor = {
      accountId,
      displayName: accountId,
      roles: [],
      unitCode: null,
      divisionCode: null,
      groups: [],
    };
    await recordAudit(app.stores, realNow, stranger, { action: 'signInFailed', subject: accountId, remoteAddress });
    throw new NotAllowed('signInFailed');
  }
  if (!account.active) throw new NotAllowed('accountInactive');
  await recordAudit(app.stores, realNow, actorOf(account), { action: 'signedIn', subject: accountId, remoteAddress });
  return account;
}

async function lockedUntilAt(app: App, accountId: string, realNow: number): Promise<number> {
  const { items } = await app.stores.audit.list({ subject: accountId, limit: 50 });
  const failedAt: number[] = [];
  for (const { action, at } of items) {
    if (action === 'signedIn' || action === 'passwordReset' || at <= realNow - LOCK_MS) break;
    if (action === 'signInFailed') failedAt.push(at);
  }
  return failedAt.length < MAX_FAILURES ? 0 : (failedAt[0] ?? 0) + LOCK_MS;
}

function dummyHash(hasher: PasswordHasher): Promise<string> {
  const found = dummyHashes.get(hasher) ?? hasher.hash('nobody has this password');
  dummyHashes.set(hasher, found);
  return found;
}
