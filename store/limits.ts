import type { Knex } from 'knex';
import type { Limit, LimitFact } from '../domain/deadline/limit.ts';
import type { DeadlineListRow } from '../domain/ports/queries.ts';
import type { LimitStore, NewLimitFact } from '../domain/ports/stores.ts';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import { fetchPage, type SortKey } from './keyset.ts';
import { type TableShape, tableIn } from './table.ts';
import { whereTicketHolds } from './ticket-index.ts';

export const limitShape: TableShape<Limit> = {
  name: 'ticket_limit',
  key: 'limitId',
  columns: {
    limitId: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    step: 'plain',
    startAt: 'plain',
    dueAt: 'plain',
    pausedAt: 'plain',
    doneAt: 'plain',
    cancelledAt: 'plain',
    remindedHalfAt: 'plain',
    reminded80At: 'plain',
    urgedAt: 'plain',
    orderedAt: 'plain',
  },
};
const soonestFirst: SortKey[] = [
  { column: 'ticket_limit.dueAt', field: 'dueAt', type: 'number', nullable: true },
  { column: 'ticket_limit.limitId', field: 'limitId', type: 'text' },
];

/** The ticket's row repeats its open COMPLETE limit (the soonest, if host and co-hosts have one each). */
async function showOnTicket(knex: Knex, limitId: string): Promise<void> {
  const limit: { ticketNo: string; step: string } | undefined = await knex('ticket_limit').where({ limitId }).first();
  if (limit?.step !== 'COMPLETE') return;
  const { ticketNo } = limit;
  const shown: Limit | undefined = await knex('ticket_limit')
    .where({ ticketNo, step: 'COMPLETE' })
    .whereNull('doneAt')
    .whereNull('cancelledAt')
    .orderByRaw('?? is null, ??, ??', ['dueAt', 'dueAt', 'limitId'])
    .first();
  await knex('ticket')
    .where({ ticketNo })
    .update({
      dueAt: shown?.dueAt ?? null,
      limitStartAt: shown?.startAt ?? null,
      limitPausedAt: shown?.pausedAt ?? null,
    });
}

async function listLimits(knex: Knex, query: Parameters<LimitStore['list']>[0]) {
  const matching = knex('ticket_limit')
    .join('ticket', 'ticket.ticketNo', 'ticket_limit.ticketNo')
    .leftJoin('assignment', 'assignment.assignmentNo', 'ticket_limit.assignmentNo')
    .whereNull('ticket_limit.doneAt')
    .whereNull('ticket_limit.cancelledAt');
  if (query.step) void matching.where('ticket_limit.step', query.step);
  if (query.unitCode)
    void matching.whereRaw('coalesce(??, ??) = ?', ['assignment.unitCode', 'ticket.hostUnitCode', query.unitCode]);
  if (query.overdueAt !== undefined) void matching.where('ticket_limit.dueAt', '<', query.overdueAt);
  if (query.words) whereTicketHolds(matching, 'ticket_limit.ticketNo', query.words);
  const fields = ['limitId', 'ticketNo', 'assignmentNo', 'step', 'startAt', 'dueAt', 'pausedAt'];
  const page = await fetchPage(
    matching,
    (rows) =>
      rows
        .select(fields.map((field) => `ticket_limit.${field}`))
        .select('ticket.title', 'ticket.urgency', 'ticket.version')
        .select({ unitCode: knex.raw('coalesce(??, ??)', ['assignment.unitCode', 'ticket.hostUnitCode']) }),
    soonestFirst,
    query,
  );
  return { ...page, items: page.rows as unknown as DeadlineListRow[] };
}

function toFact(row: Row): LimitFact {
  const { data, ...common } = row;
  return { ...common, ...JSON.parse(data as string) } as LimitFact;
}

async function appendFact(database: Database, fact: NewLimitFact): Promise<LimitFact> {
  const { limitId, at, actorId, reason, kind, ...data } = fact;
  const row = { limitId, at, actorId, reason, kind, data: JSON.stringify(data) };
  const [factId] = await database.write('limit_fact').insert(row);
  return { ...fact, factId: factId! } as LimitFact;
}

export function limitStore(database: Database): LimitStore {
  const table = tableIn(database, limitShape);
  return {
    find: table.find,
    insert: (limit) =>
      database.atomically(async (inside) => {
        await tableIn(inside, limitShape).insert(limit);
        await showOnTicket(inside.write, limit.limitId);
      }),
    update: (limitId, changes) =>
      database.atomically(async (inside) => {
        await tableIn(inside, limitShape).update(limitId, changes);
        await showOnTicket(inside.write, limitId);
      }),
    ofAssignment: (assignmentNo) =>
      table.list((query) => query.where({ assignmentNo }).orderBy(['startAt', 'limitId'])),
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['startAt', 'limitId'])),
    open: () => table.list((query) => query.whereNull('doneAt').whereNull('cancelledAt').orderBy('limitId')),
    async list(query) {
      const { items, nextCursor, total } = await listLimits(database.read, query);
      return { items, nextCursor, total };
    },
    appendFact: (fact) => appendFact(database, fact),
    async facts(limitId) {
      const rows: Row[] = await database.read('limit_fact').where({ limitId }).orderBy('factId');
      return rows.map(toFact);
    },
  };
}
