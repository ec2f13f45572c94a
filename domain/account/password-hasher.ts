/** Slow on purpose: never called inside a transaction. Implemented with argon2 where the application is built. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}
