import type { FormDraftStore } from '../domain/ports/stores.ts';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import type { Seal } from './seal.ts';

export function formDraftStore(database: Database, seal: Seal): FormDraftStore {
  const place = (accountId: string, draftKey: string) => `form_draft.data:${accountId}:${draftKey}`;
  return {
    async save({ accountId, draftKey, data, savedAt }) {
      const sealed = seal.seal(JSON.stringify(data), place(accountId, draftKey));
      await database
        .write('form_draft')
        .insert({ accountId, draftKey, data: sealed, savedAt })
        .onConflict(['accountId', 'draftKey'])
        .merge();
    },
    async find(accountId, draftKey) {
      const row: Row | undefined = await database.read('form_draft').where({ accountId, draftKey }).first();
      if (row === undefined) return undefined;
      const data = JSON.parse(seal.open(row.data as string, place(accountId, draftKey)));
      return { accountId, draftKey, data, savedAt: row.savedAt as number };
    },
    async delete(accountId, draftKey) {
      await database.write('form_draft').where({ accountId, draftKey }).delete();
    },
  };
}
