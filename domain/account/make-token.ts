import { randomBytes } from 'node:crypto';
import { DAY_MS } from '../calendar/shanghai-time.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Actor } from './actor.ts';
import { tokenHashOf } from './token-hash.ts';

const MAX_TOKENS = 20;
const MAX_DAYS = 3660;
/** Recognisable, so that a secret scanner finds one that was published by mistake. */
const PREFIX = 'ldt_';

/**
 * A personal token for programs, with the rights of its account: shown once, kept hashed. `days` null = no end.
 * @throws InvalidInput, Conflict('tooManyTokens')
 */
export async function makeToken(
  app: App,
  actor: Actor,
  input: { name: string; days?: number | null },
): Promise<{ token: string; tokenHash: string; expiresAt: number | null }> {
  const checks = new FieldChecks();
  const name = checks.text('name', input.name, { required: true, max: 60 }) ?? '';
  const days = checks.number('days', input.days ?? null, { min: 1, max: MAX_DAYS });
  checks.throwIfAny();
  const token = PREFIX + randomBytes(32).toString('base64url');
  const tokenHash = tokenHashOf(token);
  const createdAt = app.realClock.now();
  const expiresAt = days === null ? null : createdAt + days * DAY_MS;
  const { accountId } = actor;
  await app.transaction(async (stores) => {
    if ((await stores.apiTokens.ofAccount(accountId)).length >= MAX_TOKENS) {
      throw new Conflict('tooManyTokens', { max: MAX_TOKENS });
    }
    await stores.apiTokens.insert({ tokenHash, accountId, name, createdAt, expiresAt });
    await recordAudit(stores, createdAt, actor, { action: 'tokenMade', subject: accountId, data: { name, expiresAt } });
  });
  return { token, tokenHash, expiresAt };
}

/** Ends one's own token. One that is gone already is no error. */
export async function deleteToken(app: App, actor: Actor, { tokenHash }: { tokenHash: string }): Promise<void> {
  const { accountId } = actor;
  await app.transaction(async (stores) => {
    const token = (await stores.apiTokens.ofAccount(accountId)).find((one) => one.tokenHash === tokenHash);
    if (!token) return;
    await stores.apiTokens.delete(accountId, tokenHash);
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'tokenDeleted',
      subject: accountId,
      data: { name: token.name },
    });
  });
}
