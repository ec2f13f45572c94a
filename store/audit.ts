import type { AuditEntry } from '../domain/event/ticket-event.ts';
import type { AuditStore } from '../domain/ports/stores.ts';
import { type Columns, decodeRow, encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { fetchPage, type SortKey } from './keyset.ts';

export const auditColumns: Columns<AuditEntry> = {
  auditId: 'plain',
  at: 'plain',
  actorId: 'plain',
  action: 'plain',
  subject: 'plain',
  reason: 'plain',
  data: 'json',
  remoteAddress: 'plain',
};
const newestFirst: SortKey[] = [{ column: 'audit.auditId', field: 'auditId', type: 'number', descending: true }];

export function auditStore(database: Database): AuditStore {
  return {
    async append(entry) {
      await database.write('audit').insert(encodeRow(auditColumns, entry));
    },
    async list(query) {
      const matching = database.read('audit');
      for (const field of ['action', 'subject', 'actorId'] as const)
        if (query[field]) void matching.where(field, query[field]);
      const page = await fetchPage(matching, (rows) => rows.select('audit.*'), newestFirst, query);
      const items = page.rows.map((row) => decodeRow(auditColumns, row));
      return { items, nextCursor: page.nextCursor, total: page.total };
    },
  };
}
