import type { Knex } from 'knex';

/** By age, for what is taken away once it has served (store/prune.ts). */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('change_log', (table) => table.index(['writtenAt']));
  await knex.schema.alterTable('job_result', (table) => table.index(['at']));
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('change_log', (table) => table.dropIndex(['writtenAt']));
  await knex.schema.alterTable('job_result', (table) => table.dropIndex(['at']));
}
