import type { SupervisionOrderStore } from '../domain/ports/stores.ts';
import type { SupervisionOrder } from '../domain/supervision/supervision-order.ts';
import { decodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { fetchPage, type SortKey } from './keyset.ts';
import { type TableShape, tableIn } from './table.ts';

export const supervisionOrderShape: TableShape<SupervisionOrder> = {
  name: 'supervision_order',
  key: 'supervisionNo',
  columns: {
    supervisionNo: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    unitCode: 'plain',
    level: 'plain',
    cause: 'plain',
    issuedAt: 'plain',
    issuedBy: 'plain',
    replyDueAt: 'plain',
    repliedAt: 'plain',
    repliedBy: 'plain',
    reply: 'plain',
    correctiveAction: 'plain',
    verifiedAt: 'plain',
    verifiedBy: 'plain',
    verdict: 'plain',
    verifyNote: 'plain',
    rejectedReplies: 'plain',
  },
};
const newestFirst: SortKey[] = [
  { column: 'supervision_order.issuedAt', field: 'issuedAt', type: 'number', descending: true },
  { column: 'supervision_order.supervisionNo', field: 'supervisionNo', type: 'text', descending: true },
];

/** CLOSED: its reply was accepted. REPLIED: a reply waits to be verified. OPEN: the unit owes one. */
async function listOrders(database: Database, query: Parameters<SupervisionOrderStore['list']>[0]) {
  const matching = database.read('supervision_order').join('ticket', 'ticket.ticketNo', 'supervision_order.ticketNo');
  if (query.unitCode) void matching.where('supervision_order.unitCode', query.unitCode);
  const { state } = query;
  const accepted = ['supervision_order.verdict', 'ACCEPTED'] as const;
  // A rejected reply is cleared by the domain (repliedAt null) or answered anew (repliedAt after verifiedAt).
  const answered =
    '(supervision_order.?? is not null and (supervision_order.?? is null or supervision_order.?? > supervision_order.??))';
  const instants = ['repliedAt', 'verifiedAt', 'repliedAt', 'verifiedAt'];
  if (state === 'CLOSED') void matching.where(...accepted);
  else if (state !== 'ALL')
    void matching
      .where((open) => {
        void open.whereNull('supervision_order.verdict').orWhereNot(...accepted);
      })
      .whereRaw(state === 'REPLIED' ? answered : `not ${answered}`, instants);
  const columns = Object.keys(supervisionOrderShape.columns).map((column) => `supervision_order.${column}`);
  return fetchPage(matching, (rows) => rows.select(columns).select('ticket.title'), newestFirst, query);
}

export function supervisionOrderStore(database: Database): SupervisionOrderStore {
  const table = tableIn(database, supervisionOrderShape);
  return {
    insert: table.insert,
    find: table.find,
    update: table.update,
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['issuedAt', 'supervisionNo'])),
    async list(query) {
      const { rows, nextCursor, total } = await listOrders(database, query);
      const items = rows.map((row) => ({
        ...decodeRow(supervisionOrderShape.columns, row),
        title: row.title as string,
      }));
      return { items, nextCursor, total };
    },
  };
}
