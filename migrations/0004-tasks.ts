import type { Knex } from 'knex';
import { createTable, instant, instants, key, keys, longText, texts } from '../store/table-builder.ts';

async function createTask(knex: Knex): Promise<void> {
  await createTable(knex, 'task', (table) => {
    key(table, 'taskKey').primary();
    keys(table, ['processInstanceKey', 'processDefinitionKey', 'elementInstanceKey', 'formKey']);
    keys(table, ['processId', 'elementId', 'formId', 'name'], 191);
    keys(table, ['ticketNo', 'assignmentNo', 'assignee', 'state', 'completedBy']);
    key(table, 'limitId', 100);
    texts(table, ['candidateGroups', 'candidateUsers']);
    table.integer('priority').notNullable();
    instants(table, ['dueAt', 'createdAt', 'completedAt']);
    longText(table, 'variables').notNullable();
    table.index(['state', 'dueAt']);
    table.index(['state', 'createdAt']);
    table.index(['assignee', 'state', 'dueAt']);
    table.index(['completedBy', 'completedAt']);
    table.index(['ticketNo', 'state']);
    table.index(['limitId', 'state']);
  });
  await createTable(knex, 'task_candidate', (table) => {
    key(table, 'candidateType', 8).notNullable(); // GROUP or USER
    key(table, 'candidate', 100).notNullable();
    // Repeats the task's state, so that a queue of today does not read the done tasks of years.
    table.boolean('isOpen').notNullable();
    key(table, 'taskKey').notNullable().references('task.taskKey').onDelete('cascade');
    table.primary(['candidateType', 'candidate', 'taskKey']);
    table.index(['candidateType', 'candidate', 'isOpen', 'taskKey']);
    table.index(['taskKey']);
  });
}

export async function up(knex: Knex): Promise<void> {
  await createTask(knex);
  await createTable(knex, 'task_answer', (table) => {
    key(table, 'answerId').primary();
    key(table, 'taskKey').notNullable();
    key(table, 'ticketNo');
    keys(table, ['formId', 'elementId'], 191);
    longText(table, 'answers').notNullable(); // sealed
    key(table, 'actorId').notNullable();
    instant(table, 'at').notNullable();
    key(table, 'state').notNullable();
    key(table, 'liveTaskKey').unique(); // the task while SENT or ACCEPTED: of two completions at once, one wins
    table.index(['ticketNo', 'at']);
  });
  await createTable(knex, 'form_draft', (table) => {
    key(table, 'accountId').notNullable();
    key(table, 'draftKey', 100).notNullable();
    longText(table, 'data').notNullable(); // sealed
    instant(table, 'savedAt').notNullable();
    table.primary(['accountId', 'draftKey']);
  });
  await createTable(knex, 'outbox', (table) => {
    table.bigIncrements('outboxId');
    key(table, 'orderKey', 100).notNullable();
    longText(table, 'message').notNullable();
    instant(table, 'createdAt').notNullable();
    instants(table, ['claimedUntil', 'nextAttemptAt', 'sentAt', 'failedAt']);
    key(table, 'claimedBy', 191);
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('lastError');
    table.index(['sentAt', 'failedAt', 'outboxId']);
    table.index(['orderKey', 'sentAt', 'failedAt', 'outboxId']);
  });
}
