import { Conflict } from '../domain/errors/conflict.ts';
import type { ProcessStore } from '../domain/ports/stores.ts';
import type { ProcessDraft } from '../domain/process/process-file.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { insertOnce, type TableShape, tableIn } from './table.ts';

export const processDraftShape: TableShape<ProcessDraft> = {
  name: 'process_draft',
  key: 'name',
  columns: {
    name: 'plain',
    kind: 'plain',
    content: 'plain',
    baseDeploymentId: 'plain',
    version: 'plain',
    savedAt: 'plain',
    savedBy: 'plain',
  },
};

async function saveDraft(database: Database, draft: ProcessDraft, expectedVersion: number): Promise<void> {
  const row = encodeRow(processDraftShape.columns, { ...draft, version: expectedVersion + 1 });
  if (expectedVersion === 0) return insertOnce(database.write, 'process_draft', row, 'draftChanged');
  const stored = database.write('process_draft').where({ name: draft.name, version: expectedVersion });
  const touched = await stored.update(row);
  if (touched === 0) throw new Conflict('draftChanged');
}

type DraftMethods = Pick<ProcessStore, 'drafts' | 'draft' | 'saveDraft' | 'deleteDrafts' | 'shipped' | 'markShipped'>;

export function processDraftMethods(database: Database): DraftMethods {
  const table = tableIn(database, processDraftShape);
  return {
    drafts: () => table.list((query) => query.orderBy('name')),
    draft: table.find,
    saveDraft: (draft, expectedVersion) => saveDraft(database, draft, expectedVersion),
    async deleteDrafts(names) {
      await database.write('process_draft').whereIn('name', names).delete();
    },
    shipped: async () =>
      await database.read('shipped_file').orderBy(['name', 'at', 'checksum']).select('name', 'checksum'),
    async markShipped(files, at) {
      for (const { name, checksum } of files)
        await database.write('shipped_file').insert({ name, checksum, at }).onConflict(['name', 'checksum']).ignore();
    },
  };
}
