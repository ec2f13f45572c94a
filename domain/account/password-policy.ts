import { randomInt } from 'node:crypto';
import type { FieldChecks } from '../errors/field-checks.ts';

export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/];
const KINDS_NEEDED = 3;
/** No look-alikes: a one-time password is read aloud and typed from paper. */
const ALPHABET = '34679acdefghjkmnpqrtwxyACDEFGHJKMNPQRTWXY';

/** Ten characters of three kinds, and not the login name [D]. Names every rule that is broken. */
export function checkNewPassword(checks: FieldChecks, field: string, password: unknown, accountId: string): void {
  if (typeof password !== 'string' || password === '') {
    checks.add(field, 'required');
    return;
  }
  const length = Array.from(password).length;
  if (length < PASSWORD_LENGTH.min) checks.add(field, 'passwordTooShort', { min: PASSWORD_LENGTH.min });
  if (length > PASSWORD_LENGTH.max) checks.add(field, 'passwordTooLong', { max: PASSWORD_LENGTH.max });
  if (KINDS.filter((kind) => kind.test(password)).length < KINDS_NEEDED) {
    checks.add(field, 'passwordTooSimple', { kinds: KINDS_NEEDED });
  }
  if (password.toLowerCase().includes(accountId.toLowerCase())) checks.add(field, 'passwordHoldsName');
}

/** 16 characters in groups of four, about 85 bits: `x4Tc-…`. To be changed at the first sign-in. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
