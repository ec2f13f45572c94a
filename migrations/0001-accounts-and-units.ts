import type { Knex } from 'knex';
import { createTable, instant, instants, key, keys, longText } from '../store/table-builder.ts';

export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'unit', (table) => {
    key(table, 'unitCode').primary();
    key(table, 'name', 191).notNullable();
    key(table, 'nameEn', 191).notNullable();
    table.integer('tier').notNullable();
    key(table, 'kind').notNullable();
    keys(table, ['divisionCode', 'dutyPhone']);
    table.boolean('active').notNullable();
  });
  await createTable(knex, 'account', (table) => {
    key(table, 'accountId').primary();
    key(table, 'displayName', 191).notNullable();
    table.text('roles').notNullable();
    keys(table, ['unitCode', 'divisionCode']);
    key(table, 'locale').notNullable();
    key(table, 'theme').notNullable();
    table.boolean('active').notNullable();
    table.text('passwordHash').notNullable();
    table.boolean('mustChangePassword').notNullable();
    instant(table, 'createdAt').notNullable();
  });
  await createTable(knex, 'api_token', (table) => {
    key(table, 'tokenHash', 128).primary();
    key(table, 'accountId').notNullable().references('account.accountId').onDelete('cascade');
    key(table, 'name', 191).notNullable();
    instant(table, 'createdAt').notNullable();
    instants(table, ['expiresAt', 'lastUsedAt']);
  });
  await createTable(knex, 'setting', (table) => {
    key(table, 'name', 191).primary();
    longText(table, 'value').notNullable();
  });
  await createTable(knex, 'number_series', (table) => {
    key(table, 'series').primary();
    table.integer('value').notNullable();
  });
  await createTable(knex, 'change_log', (table) => {
    table.bigIncrements('changeId');
    instant(table, 'writtenAt').notNullable(); // real time, see store/changes.ts
    key(table, 'kind').notNullable();
    key(table, 'subject', 191).notNullable();
    table.text('groups').notNullable();
    key(table, 'accountId');
  });
  await createTable(knex, 'job_result', (table) => {
    key(table, 'jobKey').primary();
    key(table, 'jobType', 191).notNullable();
    longText(table, 'outputs').notNullable();
    instant(table, 'at').notNullable();
  });
}
