import { createHash } from 'node:crypto';
import type { Account } from '../../domain/account/account.ts';

/** Tells in a session which password it was opened with, without holding the hash itself. */
export function passwordMark(account: Account): string {
  return createHash('sha256').update(account.passwordHash).digest('base64url').slice(0, 16);
}
