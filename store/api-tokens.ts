import type { ApiTokenStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { insertOnce } from './table.ts';

export function apiTokenStore(database: Database): ApiTokenStore {
  return {
    insert: ({ tokenHash, accountId, name, createdAt, expiresAt }) =>
      insertOnce(database.write, 'api_token', { tokenHash, accountId, name, createdAt, expiresAt }),
    async findAccountId(tokenHash, now) {
      const row: { accountId: string } | undefined = await database
        .read('api_token')
        .where({ tokenHash })
        .where((valid) => {
          void valid.whereNull('expiresAt').orWhere('expiresAt', '>', now);
        })
        .first('accountId');
      return row?.accountId;
    },
    ofAccount: async (accountId) =>
      await database
        .read('api_token')
        .where({ accountId })
        .orderBy(['createdAt', 'tokenHash'])
        .select('tokenHash', 'name', 'createdAt', 'expiresAt', 'lastUsedAt'),
    async touch(tokenHash, now) {
      await database.write('api_token').where({ tokenHash }).update({ lastUsedAt: now });
    },
    async delete(accountId, tokenHash) {
      await database.write('api_token').where({ accountId, tokenHash }).delete();
    },
  };
}
