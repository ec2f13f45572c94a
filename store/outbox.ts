import type { Knex } from 'knex';
import type { OutboxRow } from '../domain/outbox/outbox-row.ts';
import type { OutboxStore } from '../domain/ports/stores.ts';
import { type Columns, decodeRow, type Row } from './columns.ts';
import type { Database } from './database.ts';

const columns: Columns<OutboxRow> = {
  outboxId: 'plain',
  orderKey: 'plain',
  message: 'json',
  createdAt: 'plain',
  claimedUntil: 'plain',
  claimedBy: 'plain',
  attempts: 'plain',
  nextAttemptAt: 'plain',
  sentAt: 'plain',
  failedAt: 'plain',
  lastError: 'plain',
};
const maxErrorLength = 2000;

const unclaimed = (query: Knex.QueryBuilder, now: number) =>
  query.where((free) => {
    void free.whereNull('claimedUntil').orWhere('claimedUntil', '<=', now);
  });

/** The oldest waiting row of each key, if it is due and free. */
async function claimable(knex: Knex, now: number, limit: number): Promise<number[]> {
  const query = knex('outbox')
    .whereNull('sentAt')
    .whereNull('failedAt')
    .where('nextAttemptAt', '<=', now)
    .whereNotExists((earlier) => {
      void earlier
        .from('outbox as earlier')
        .whereRaw('?? = ?? and ?? < ??', ['earlier.orderKey', 'outbox.orderKey', 'earlier.outboxId', 'outbox.outboxId'])
        .whereNull('earlier.sentAt')
        .whereNull('earlier.failedAt');
    })
    .orderBy('outboxId')
    .limit(limit);
  void unclaimed(query, now);
  const rows: { outboxId: number }[] = await query.select('outboxId');
  return rows.map(({ outboxId }) => outboxId);
}

async function claim(database: Database, asked: Parameters<OutboxStore['claim']>[0]): Promise<OutboxRow[]> {
  const { by, now, until, limit } = asked;
  const proposed = await claimable(database.read, now, limit);
  if (proposed.length === 0) return [];
  // The reader's snapshot only proposes; who locks the rows and still finds them free has them.
  return database.atomically(async ({ write }) => {
    const query = write('outbox').whereIn('outboxId', proposed).whereNull('sentAt').whereNull('failedAt');
    const rows: Row[] = await unclaimed(query, now).orderBy('outboxId').forUpdate();
    const won = rows.map(({ outboxId }) => outboxId as number);
    await write('outbox').whereIn('outboxId', won).update({ claimedBy: by, claimedUntil: until });
    return rows.map((row) => decodeRow(columns, { ...row, claimedBy: by, claimedUntil: until }));
  });
}

export function outboxStore(database: Database): OutboxStore {
  const update = async (outboxId: number, changes: Row) => {
    await database.write('outbox').where({ outboxId }).update(changes);
  };
  const free = { claimedUntil: null, claimedBy: null };
  const oneMore = () => database.write.raw('?? + 1', ['attempts']);
  return {
    async add(orderKey, message, createdAt) {
      const row = { orderKey, message: JSON.stringify(message), createdAt, nextAttemptAt: createdAt };
      await database.write('outbox').insert(row);
    },
    claim: (asked) => claim(database, asked),
    async releaseClaims(by) {
      await database.write('outbox').where({ claimedBy: by }).whereNull('sentAt').whereNull('failedAt').update(free);
    },
    async unsentOf(orderKey) {
      const query = database.read('outbox').where({ orderKey }).whereNull('sentAt').whereNull('failedAt');
      const rows: Row[] = await query.orderBy('outboxId');
      return rows.map((row) => (decodeRow(columns, row) as OutboxRow).message);
    },
    markSent: (outboxId, at) => update(outboxId, { ...free, sentAt: at, attempts: oneMore() }),
    retryLater: (outboxId, nextAttemptAt, error) =>
      update(outboxId, { ...free, nextAttemptAt, lastError: error.slice(0, maxErrorLength), attempts: oneMore() }),
    giveUp: (outboxId, at, error) =>
      update(outboxId, { ...free, failedAt: at, lastError: error.slice(0, maxErrorLength), attempts: oneMore() }),
    async failed(limit) {
      const query = database.read('outbox').whereNull('sentAt').whereNotNull('failedAt');
      const rows: Row[] = await query.orderBy('outboxId', 'desc').limit(limit);
      return rows.map((row) => decodeRow(columns, row));
    },
    async waiting() {
      const query = database.read('outbox').whereNull('sentAt').whereNull('failedAt');
      const rows: { total: number }[] = await query.count({ total: '*' });
      return Number(rows[0]!.total);
    },
    retryFailed: (outboxId, now) => update(outboxId, { ...free, failedAt: null, nextAttemptAt: now, attempts: 0 }),
  };
}
