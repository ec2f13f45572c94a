import { Conflict } from '../domain/errors/conflict.ts';
import { NotFound } from '../domain/errors/not-found.ts';
import type { TicketStore } from '../domain/ports/stores.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { insertOnce, type TableShape, tableIn } from './table.ts';
import { indexTicket } from './ticket-index.ts';
import { searchTickets, similarTickets } from './ticket-search.ts';

export const ticketShape: TableShape<Ticket> = {
  name: 'ticket',
  key: 'ticketNo',
  columns: {
    ticketNo: 'plain',
    queryCode: 'plain',
    caseKind: 'plain',
    status: 'plain',
    version: 'plain',
    channel: 'plain',
    callId: 'plain',
    recordingRef: 'plain',
    agentId: 'plain',
    acceptedAt: 'plain',
    title: 'plain',
    content: 'plain',
    occurredAt: 'plain',
    respondent: 'plain',
    requestType: 'plain',
    categoryCode: 'plain',
    urgency: 'plain',
    riskFlags: 'json',
    divisionCode: 'plain',
    streetCode: 'plain',
    addressText: 'plain',
    lng: 'plain',
    lat: 'plain',
    privacy: 'plain',
    callbackWanted: 'flag',
    intakeOutcome: 'plain',
    directAnswer: 'plain',
    rejectReason: 'plain',
    rejectText: 'plain',
    rejectChannelTold: 'plain',
    rejectReviewer: 'plain',
    duplicateOf: 'plain',
    repeatCount: 'plain',
    returnCount: 'plain',
    reworkCount: 'plain',
    hostUnitCode: 'plain',
    suggestedUnitCode: 'plain',
    dispatchRuleCode: 'plain',
    limitClass: 'plain',
    extensionCount: 'plain',
    supervisionLevel: 'plain',
    outcome: 'plain',
    publicReply: 'plain',
    satisfaction: 'plain',
    processInstanceKey: 'plain',
    createdAt: 'plain',
    closedAt: 'plain',
  },
};
const searched: (keyof Ticket)[] = ['queryCode', 'title', 'content', 'addressText'];

export function ticketStore(database: Database): TicketStore {
  const table = tableIn(database, ticketShape);
  return {
    insert: (ticket) =>
      database.atomically(async (inside) => {
        const row = { ...encodeRow(ticketShape.columns, ticket), updatedAt: ticket.createdAt };
        await insertOnce(inside.write, 'ticket', row);
        await indexTicket(inside.write, ticket);
      }),
    find: table.find,
    findByQueryCode: (queryCode) => table.first((query) => query.where({ queryCode })),
    update: (ticketNo, expectedVersion, changes) =>
      database.atomically(async (inside) => {
        const row = encodeRow(ticketShape.columns, { ...changes, version: expectedVersion + 1 });
        const touched = await inside.write('ticket').where({ ticketNo, version: expectedVersion }).update(row);
        const ticket = await tableIn(inside, ticketShape).find(ticketNo);
        if (ticket === undefined) throw new NotFound('ticket', ticketNo);
        if (touched === 0) throw new Conflict('ticketChanged', { ticketNo });
        if (searched.some((field) => changes[field] !== undefined)) await indexTicket(inside.write, ticket);
        return ticket;
      }),
    search: (query) => searchTickets(database.read, query),
    similar: (facts) => similarTickets(database.read, facts),
  };
}
