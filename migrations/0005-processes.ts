import type { Knex } from 'knex';
import { createTable, instant, key, keys, longText } from '../store/table-builder.ts';

export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'process_deployment', (table) => {
    key(table, 'deploymentId').primary();
    instant(table, 'deployedAt').notNullable();
    keys(table, ['deployedBy', 'deploymentKey']);
    table.text('note').notNullable();
    longText(table, 'files').notNullable();
    table.index(['deployedAt']);
  });
  await createTable(knex, 'process_version', (table) => {
    key(table, 'processDefinitionKey').primary();
    key(table, 'processId', 191).notNullable();
    table.integer('version').notNullable();
    key(table, 'name', 191).notNullable();
    key(table, 'deploymentId').notNullable().references('process_deployment.deploymentId');
    instant(table, 'deployedAt').notNullable();
    longText(table, 'xml').notNullable();
    table.index(['processId', 'version']);
  });
  await createTable(knex, 'form_version', (table) => {
    key(table, 'formKey').primary();
    key(table, 'formId', 191).notNullable();
    table.integer('version').notNullable();
    key(table, 'deploymentId').notNullable().references('process_deployment.deploymentId');
    longText(table, 'schema').notNullable();
    table.index(['formId', 'version']);
  });
  // An unchanged file keeps its engine key over deployments: which version each deployment holds.
  await createTable(knex, 'deployment_form', (table) => {
    key(table, 'deploymentId').notNullable().references('process_deployment.deploymentId');
    key(table, 'formId', 191).notNullable();
    key(table, 'formKey').notNullable().references('form_version.formKey');
    table.primary(['deploymentId', 'formId']);
  });
  await createTable(knex, 'process_draft', (table) => {
    key(table, 'name', 191).primary();
    keys(table, ['kind', 'baseDeploymentId', 'savedBy']);
    longText(table, 'content').notNullable();
    table.integer('version').notNullable();
    instant(table, 'savedAt').notNullable();
  });
  await createTable(knex, 'shipped_file', (table) => {
    key(table, 'name', 191).notNullable();
    key(table, 'checksum').notNullable();
    instant(table, 'at').notNullable();
    table.primary(['name', 'checksum']);
  });
}
