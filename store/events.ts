import type { TicketEvent } from '../domain/event/ticket-event.ts';
import type { EventStore } from '../domain/ports/stores.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const eventShape: TableShape<TicketEvent> = {
  name: 'ticket_event',
  key: 'eventId',
  columns: {
    eventId: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    at: 'plain',
    actorId: 'plain',
    actorName: 'plain',
    actorUnitCode: 'plain',
    type: 'plain',
    fromStatus: 'plain',
    toStatus: 'plain',
    reason: 'plain',
    visibility: 'plain',
    data: 'json',
  },
};

export function eventStore(database: Database): EventStore {
  const table = tableIn(database, eventShape);
  return {
    append: (event) =>
      database.atomically(async ({ write }) => {
        // The ticket first: on MySQL the foreign key would else take a shared lock that two writers cannot both raise.
        await write('ticket').where({ ticketNo: event.ticketNo }).update({ updatedAt: event.at });
        const [eventId] = await write('ticket_event').insert(encodeRow(eventShape.columns, event));
        return { ...event, eventId: eventId! };
      }),
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy('eventId')),
  };
}
