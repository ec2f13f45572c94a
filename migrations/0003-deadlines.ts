import type { Knex } from 'knex';
import { createTable, instant, instants, key, keys, longText, texts } from '../store/table-builder.ts';

export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'limit_rule', (table) => {
    key(table, 'ruleId').primary();
    keys(table, ['limitClass', 'step', 'unit']);
    table.double('amount').notNullable();
    table.text('source').notNullable();
    instant(table, 'validFrom').notNullable();
    instant(table, 'validTo');
  });
  await createTable(knex, 'ticket_limit', (table) => {
    key(table, 'limitId', 100).primary();
    key(table, 'ticketNo').notNullable().references('ticket.ticketNo');
    key(table, 'assignmentNo');
    key(table, 'step').notNullable();
    instant(table, 'startAt').notNullable();
    instants(table, ['dueAt', 'pausedAt', 'doneAt', 'cancelledAt']);
    instants(table, ['remindedHalfAt', 'reminded80At', 'urgedAt', 'orderedAt']);
    table.index(['ticketNo', 'step']);
    table.index(['assignmentNo']);
    table.index(['doneAt', 'cancelledAt', 'dueAt']);
  });
  await createTable(knex, 'limit_fact', (table) => {
    table.bigIncrements('factId');
    key(table, 'limitId', 100).notNullable().references('ticket_limit.limitId');
    instant(table, 'at').notNullable();
    key(table, 'actorId').notNullable();
    table.text('reason');
    key(table, 'kind').notNullable();
    table.text('data').notNullable(); // what only this kind of fact says
    table.index(['limitId', 'factId']);
  });
  await createTable(knex, 'deadline_request', (table) => {
    key(table, 'requestId').primary();
    key(table, 'kind').notNullable();
    key(table, 'ticketNo').notNullable().references('ticket.ticketNo');
    keys(table, ['assignmentNo', 'askedBy', 'status', 'decidedBy']);
    instants(table, ['askedAt', 'untilAt', 'decidedAt']);
    table.integer('workingDays');
    texts(table, ['reason', 'plan', 'decisionNote']);
    table.index(['ticketNo', 'askedAt']);
    table.index(['status', 'askedAt']);
  });
  await createTable(knex, 'dispatch_rule', (table) => {
    key(table, 'ruleCode').primary();
    key(table, 'name', 191).notNullable();
    key(table, 'hostUnitCode').notNullable();
    texts(table, ['coHostUnitCodes', 'source']);
    instant(table, 'validFrom').notNullable();
    instant(table, 'validTo');
  });
  await createTable(knex, 'working_calendar', (table) => {
    table.bigIncrements('version');
    longText(table, 'years').notNullable();
    longText(table, 'days').notNullable();
    longText(table, 'openingHours').notNullable();
  });
}
