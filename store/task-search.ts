import type { Knex } from 'knex';
import type { Page } from '../domain/ports/page.ts';
import type { TaskQuery, TaskRow } from '../domain/ports/queries.ts';
import { decodeRow, type Row } from './columns.ts';
import { fetchPage, type SortKey } from './keyset.ts';
import { whereInQueue } from './task-queues.ts';
import { taskShape } from './task-shape.ts';
import { whereTicketHolds } from './ticket-index.ts';

const ticketFields: (keyof NonNullable<TaskRow['ticket']>)[] = [
  'title',
  'status',
  'urgency',
  'requestType',
  'privacy',
  'hostUnitCode',
  'divisionCode',
  'addressText',
  'extensionCount',
  'supervisionLevel',
  'repeatCount',
  'reworkCount',
  'version',
];
/** A ticket's column in the answer, told apart from the task's of the same name. */
const ticketColumn = (field: string) => `ticket_${field}`;

const byKey: SortKey = { column: 'task.taskKey', field: 'taskKey', type: 'text' };
const byDue: SortKey = { column: 'task.dueAt', field: 'dueAt', type: 'number', nullable: true };
const byCreation: SortKey = { column: 'task.createdAt', field: 'createdAt', type: 'number' };
const byPriority: SortKey = { column: 'task.priority', field: 'priority', type: 'number', descending: true };
const byCompletion: SortKey = { column: 'task.completedAt', field: 'completedAt', type: 'number', nullable: true };
const orders: Record<NonNullable<TaskQuery['sort']> | 'newestDone', SortKey[]> = {
  dueAt: [byDue, byKey],
  '-dueAt': [{ ...byDue, descending: true }, byKey],
  createdAt: [byCreation, byKey],
  '-createdAt': [{ ...byCreation, descending: true }, byKey],
  priority: [byPriority, byDue, byKey],
  newestDone: [{ ...byCompletion, descending: true }, byKey],
};

function whereFlag(query: Knex.QueryBuilder, flag: NonNullable<TaskQuery['flag']>): void {
  switch (flag) {
    case 'extended':
      void query.where('ticket.extensionCount', '>', 0);
      break;
    case 'supervised':
      void query.where('ticket.supervisionLevel', '>', 0);
      break;
    case 'confidential':
      void query.where('ticket.privacy', 'CONFIDENTIAL');
      break;
    case 'merged':
      void query.where('ticket.repeatCount', '>', 0);
      break;
    case 'rework':
      void query.where('ticket.reworkCount', '>', 0);
  }
}

function matchingTasks(knex: Knex, query: TaskQuery): Knex.QueryBuilder {
  const matching = knex('task')
    .leftJoin('ticket', 'ticket.ticketNo', 'task.ticketNo')
    .leftJoin('ticket_limit', 'ticket_limit.limitId', 'task.limitId');
  whereInQueue(knex, matching, query);
  if (query.words) whereTicketHolds(matching, 'task.ticketNo', query.words);
  if (query.elementId) void matching.where('task.elementId', query.elementId);
  if (query.processId) void matching.where('task.processId', query.processId);
  if (query.urgency) void matching.where('ticket.urgency', query.urgency);
  if (query.unitCode)
    void matching
      .leftJoin('assignment', 'assignment.assignmentNo', 'task.assignmentNo')
      .whereRaw('coalesce(??, ??) = ?', ['assignment.unitCode', 'ticket.hostUnitCode', query.unitCode]);
  if (query.flag) whereFlag(matching, query.flag);
  return matching;
}

function toTaskRow(row: Row): TaskRow {
  const ticket = Object.fromEntries(ticketFields.map((field) => [field, row[ticketColumn(field)]]));
  return {
    ...decodeRow(taskShape.columns, row),
    // A left join without a ticket fills every column with null; a ticket always has a version.
    ticket: ticket.version === null ? null : (ticket as unknown as TaskRow['ticket']),
    limitStartAt: (row.limitStartAt as number | null) ?? null,
    limitPausedAt: (row.limitPausedAt as number | null) ?? null,
  };
}

/** By due date, none last; what I have done: latest first. */
export async function searchTasks(knex: Knex, query: TaskQuery): Promise<Page<TaskRow>> {
  const order = orders[query.sort ?? (query.queue === 'done' ? 'newestDone' : 'dueAt')];
  const select = (rows: Knex.QueryBuilder) => {
    void rows
      .select(Object.keys(taskShape.columns).map((column) => `task.${column}`))
      .select(ticketFields.map((field) => `ticket.${field} as ${ticketColumn(field)}`))
      .select('ticket_limit.startAt as limitStartAt', 'ticket_limit.pausedAt as limitPausedAt');
  };
  const page = await fetchPage(matchingTasks(knex, query), select, order, query);
  return { items: page.rows.map(toTaskRow), nextCursor: page.nextCursor, total: page.total };
}
