import { createHash } from 'node:crypto';

/** Only this is kept of a token. Plain SHA-256 is enough for 256 random bits: there is nothing to guess from. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
