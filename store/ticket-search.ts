import type { Knex } from 'knex';
import type { Page } from '../domain/ports/page.ts';
import type { TicketQuery, TicketRow, TicketScope } from '../domain/ports/queries.ts';
import { CLOSED_STATUSES } from '../domain/ticket/ticket-transitions.ts';
import type { Row } from './columns.ts';
import { compareGrams } from './grams.ts';
import { fetchPage, type SortKey } from './keyset.ts';
import { whereTicketHolds } from './ticket-index.ts';

const listed: (keyof TicketRow)[] = [
  'ticketNo',
  'title',
  'status',
  'urgency',
  'requestType',
  'categoryCode',
  'divisionCode',
  'addressText',
  'privacy',
  'hostUnitCode',
  'channel',
  'supervisionLevel',
  'extensionCount',
  'repeatCount',
  'reworkCount',
  'createdAt',
  'closedAt',
  'version',
  'dueAt',
];
const columns = [
  ...listed.map((field) => `ticket.${field}`),
  'ticket.limitStartAt as startAt',
  'ticket.limitPausedAt as pausedAt',
  'ticket.updatedAt',
];

function toTicketRow(row: Row): TicketRow {
  const { updatedAt: _, ...shown } = row;
  return shown as unknown as TicketRow;
}

function whereInScope(query: Knex.QueryBuilder, scope: TicketScope): void {
  if (scope.kind === 'ALL') return;
  const { agentId, unitCode, divisionCode, groups } = scope;
  void query.where((any) => {
    // A scope that names nothing sees nothing.
    void any.whereRaw('1 = 0');
    if (agentId !== null) void any.orWhere('ticket.agentId', agentId);
    if (divisionCode !== null) void any.orWhere('ticket.divisionCode', divisionCode);
    if (unitCode !== null)
      void any.orWhereIn('ticket.ticketNo', (own) => own.select('ticketNo').from('assignment').where({ unitCode }));
    if (groups.length > 0)
      void any.orWhereIn('ticket.ticketNo', (own) =>
        own
          .select('task.ticketNo')
          .from('task_candidate')
          .join('task', 'task.taskKey', 'task_candidate.taskKey')
          .where('task_candidate.candidateType', 'GROUP')
          .whereIn('task_candidate.candidate', [...groups])
          .whereNotNull('task.ticketNo'),
      );
  });
}

function sortKeys(sort: NonNullable<TicketQuery['sort']>): SortKey[] {
  const descending = sort.startsWith('-');
  const field = sort.replace('-', '');
  return [
    { column: `ticket.${field}`, field, type: 'number', descending, nullable: field === 'dueAt' },
    { column: 'ticket.ticketNo', field: 'ticketNo', type: 'text', descending },
  ];
}

function matchingTickets(knex: Knex, query: TicketQuery): Knex.QueryBuilder {
  const matching = knex('ticket');
  whereInScope(matching, query.scope);
  if (query.words) whereTicketHolds(matching, 'ticket.ticketNo', query.words);
  if (query.status && query.status.length > 0) void matching.whereIn('ticket.status', query.status);
  if (query.open === true) void matching.whereNotIn('ticket.status', CLOSED_STATUSES);
  if (query.open === false) void matching.whereIn('ticket.status', CLOSED_STATUSES);
  const { unitCode, overdueAt } = query;
  if (unitCode)
    void matching.where((unit) => {
      void unit.where('ticket.hostUnitCode', unitCode);
      void unit.orWhereIn('ticket.ticketNo', (own) => own.select('ticketNo').from('assignment').where({ unitCode }));
    });
  for (const field of ['requestType', 'urgency', 'divisionCode'] as const)
    if (query[field]) void matching.where(`ticket.${field}`, query[field]);
  if (overdueAt !== undefined)
    void matching.whereIn('ticket.ticketNo', (late) =>
      late
        .select('ticketNo')
        .from('ticket_limit')
        .where('dueAt', '<', overdueAt)
        .whereNull('doneAt')
        .whereNull('cancelledAt'),
    );
  if (query.createdFrom !== undefined) void matching.where('ticket.createdAt', '>=', query.createdFrom);
  if (query.createdTo !== undefined) void matching.where('ticket.createdAt', '<', query.createdTo);
  return matching;
}

/** Newest first unless sorted; `createdTo` is exclusive. */
export async function searchTickets(knex: Knex, query: TicketQuery): Promise<Page<TicketRow>> {
  const keys = sortKeys(query.sort ?? '-createdAt');
  const page = await fetchPage(matchingTickets(knex, query), (rows) => rows.select(columns), keys, query);
  return { items: page.rows.map(toTicketRow), nextCursor: page.nextCursor, total: page.total };
}

/**
 * Open tickets of the same division and of the same major category. The score is the share of the words' bigrams
 * that the ticket holds too, 0 to 1.
 */
export async function similarTickets(
  knex: Knex,
  facts: { words: string; categoryCode?: string; divisionCode?: string; limit: number },
): Promise<(TicketRow & { score: number })[]> {
  const grams = compareGrams(facts.words);
  if (grams.length === 0) return [];
  const scoring: Knex.QueryBuilder = knex('ticket_gram')
    .join('ticket', 'ticket.ticketNo', 'ticket_gram.ticketNo')
    .whereIn('ticket_gram.gram', grams)
    .whereNotIn('ticket.status', CLOSED_STATUSES)
    .groupBy('ticket.ticketNo', 'ticket.createdAt')
    .select('ticket.ticketNo', 'ticket.createdAt')
    .count({ shared: '*' })
    .orderBy([
      { column: 'shared', order: 'desc' },
      { column: 'ticket.createdAt', order: 'desc' },
      { column: 'ticket.ticketNo', order: 'desc' },
    ])
    .limit(facts.limit);
  if (facts.divisionCode) void scoring.where('ticket.divisionCode', facts.divisionCode);
  if (facts.categoryCode) void scoring.where('ticket.categoryCode', 'like', `${facts.categoryCode.slice(0, 2)}%`);
  const scored: { ticketNo: string; shared: number }[] = await scoring;
  const rows: Row[] = await knex('ticket')
    .select(columns)
    .whereIn(
      'ticketNo',
      scored.map(({ ticketNo }) => ticketNo),
    );
  const byNumber = new Map(rows.map((row) => [row.ticketNo, toTicketRow(row)]));
  return scored.map(({ ticketNo, shared }) => ({ ...byNumber.get(ticketNo)!, score: Number(shared) / grams.length }));
}
