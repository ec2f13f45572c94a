import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../domain/account/password-hasher.ts';

/** argon2id with the library's defaults (19 MiB, 2 passes), on the library's own threads. */
export const passwordHasher: PasswordHasher = {
  hash: (password: string) => hash(password),
  verify: (hashed: string, password: string) => verify(hashed, password),
};
