import type { Knex } from 'knex';
import { createTable, instant, instants, key, keys, texts } from '../store/table-builder.ts';

const ticketNo = (table: Knex.CreateTableBuilder) => key(table, 'ticketNo').notNullable().references('ticket.ticketNo');

async function createTicket(knex: Knex): Promise<void> {
  await createTable(knex, 'ticket', (table) => {
    key(table, 'ticketNo').primary();
    key(table, 'queryCode').notNullable().unique();
    keys(table, ['caseKind', 'status', 'channel', 'callId', 'recordingRef', 'agentId']);
    table.integer('version').notNullable();
    instants(table, ['acceptedAt', 'occurredAt', 'createdAt', 'closedAt']);
    texts(table, ['title', 'content', 'respondent', 'riskFlags', 'addressText']);
    keys(table, ['requestType', 'categoryCode', 'urgency', 'divisionCode', 'streetCode', 'privacy', 'intakeOutcome']);
    table.double('lng');
    table.double('lat');
    table.boolean('callbackWanted').notNullable();
    key(table, 'rejectReason');
    texts(table, ['directAnswer', 'rejectText', 'rejectChannelTold', 'publicReply']);
    keys(table, ['rejectReviewer', 'duplicateOf', 'hostUnitCode', 'suggestedUnitCode', 'dispatchRuleCode']);
    keys(table, ['limitClass', 'outcome', 'processInstanceKey']);
    for (const count of ['repeatCount', 'returnCount', 'reworkCount', 'extensionCount', 'supervisionLevel'])
      table.integer(count).notNullable().defaultTo(0);
    table.integer('satisfaction');
    // Kept beside the ticket so that lists sort by them in one index: of the open COMPLETE limit, and the last event's.
    instants(table, ['dueAt', 'limitStartAt', 'limitPausedAt', 'updatedAt']);
    for (const sorted of ['createdAt', 'dueAt', 'updatedAt']) {
      table.index([sorted, 'ticketNo']);
      table.index(['status', sorted]);
    }
    table.index(['hostUnitCode', 'createdAt']);
    table.index(['agentId', 'createdAt']);
    table.index(['divisionCode', 'createdAt']);
    table.index(['requestType', 'createdAt']);
    table.index(['urgency', 'createdAt']);
  });
}

async function createContents(knex: Knex): Promise<void> {
  await createTable(knex, 'caller', (table) => {
    ticketNo(table).primary();
    // Sealed (store/seal.ts); the hash finds a number without opening any.
    texts(table, ['name', 'phone', 'gender', 'address']);
    key(table, 'phoneHash');
    key(table, 'callerType').notNullable();
    table.index(['phoneHash']);
  });
  await createTable(knex, 'ticket_gram', (table) => {
    key(table, 'gram').notNullable();
    key(table, 'ticketNo').notNullable().references('ticket.ticketNo').onDelete('cascade');
    table.primary(['gram', 'ticketNo']);
    table.index(['ticketNo']);
  });
}

async function createHandling(knex: Knex): Promise<void> {
  await createTable(knex, 'assignment', (table) => {
    key(table, 'assignmentNo').primary();
    ticketNo(table);
    keys(table, ['unitCode', 'role', 'hostAssignmentNo', 'status', 'dispatchedBy', 'signedBy', 'outcome']);
    table.integer('round').notNullable();
    table.integer('returnCount').notNullable();
    table.boolean('isRework').notNullable();
    instants(table, ['dispatchedAt', 'signedAt', 'firstContactAt', 'resultContactAt', 'submittedAt', 'approvedAt']);
    texts(table, ['preliminaryCheck', 'returnReason', 'returnLegalBasis', 'instruction', 'publicReply']);
    texts(table, ['internalNote', 'opinion', 'waiverReason']);
    table.index(['ticketNo', 'dispatchedAt']);
    table.index(['unitCode', 'ticketNo']);
  });
  await createTable(knex, 'contact', (table) => {
    key(table, 'contactId').primary();
    ticketNo(table);
    keys(table, ['assignmentNo', 'phase', 'actorId', 'channel', 'result']);
    table.integer('attemptNo').notNullable();
    instant(table, 'at').notNullable();
    table.text('note');
    table.index(['ticketNo', 'at']);
  });
  await createTable(knex, 'callback', (table) => {
    key(table, 'callbackId').primary();
    ticketNo(table);
    keys(table, ['assignmentNo', 'actorId']);
    table.integer('attemptNo').notNullable();
    instant(table, 'at').notNullable();
    table.boolean('reached').notNullable();
    for (const answer of ['unitContacted', 'factTrue', 'solved']) table.boolean(answer);
    table.integer('satisfaction');
    texts(table, ['dissatisfiedReason', 'note']);
    table.index(['ticketNo', 'at']);
  });
}

async function createSupervision(knex: Knex): Promise<void> {
  await createTable(knex, 'supervision_order', (table) => {
    key(table, 'supervisionNo').primary();
    ticketNo(table);
    keys(table, ['assignmentNo', 'unitCode', 'cause', 'issuedBy', 'repliedBy', 'verifiedBy', 'verdict']);
    table.integer('level').notNullable();
    table.integer('rejectedReplies').notNullable();
    instants(table, ['issuedAt', 'replyDueAt', 'repliedAt', 'verifiedAt']);
    texts(table, ['reply', 'correctiveAction', 'verifyNote']);
    table.index(['ticketNo', 'issuedAt']);
    table.index(['issuedAt', 'supervisionNo']);
    table.index(['unitCode', 'issuedAt']);
    table.index(['verdict', 'repliedAt', 'issuedAt']);
  });
  await createTable(knex, 'notification', (table) => {
    key(table, 'notificationId').primary();
    key(table, 'ticketNo').references('ticket.ticketNo');
    instant(table, 'at').notNullable();
    keys(table, ['audience', 'target', 'channel', 'type']);
    table.text('data').notNullable();
    table.index(['audience', 'target', 'at']);
    table.index(['ticketNo', 'at']);
  });
}

export async function up(knex: Knex): Promise<void> {
  await createTicket(knex);
  await createContents(knex);
  await createHandling(knex);
  await createSupervision(knex);
}
