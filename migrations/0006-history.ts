import type { Knex } from 'knex';
import { createTable, instant, key, keys, makeAppendOnly, texts } from '../store/table-builder.ts';

export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'ticket_event', (table) => {
    table.bigIncrements('eventId');
    key(table, 'ticketNo').notNullable().references('ticket.ticketNo');
    instant(table, 'at').notNullable();
    keys(table, ['assignmentNo', 'actorId', 'actorUnitCode', 'type', 'fromStatus', 'toStatus', 'visibility']);
    key(table, 'actorName', 191);
    texts(table, ['reason', 'data']);
    table.index(['ticketNo', 'eventId']);
    table.index(['actorId', 'ticketNo']);
  });
  await createTable(knex, 'audit', (table) => {
    table.bigIncrements('auditId');
    instant(table, 'at').notNullable();
    keys(table, ['actorId', 'action', 'remoteAddress']);
    key(table, 'subject', 191).notNullable();
    texts(table, ['reason', 'data']);
    table.index(['action', 'auditId']);
    table.index(['subject', 'auditId']);
    table.index(['actorId', 'auditId']);
  });
  // A later `alterTable` on SQLite rebuilds its table and drops these silently: make them again in that migration.
  for (const table of ['limit_fact', 'ticket_event', 'audit']) await makeAppendOnly(knex, table);
}
