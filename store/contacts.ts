import type { Contact } from '../domain/contact/contact.ts';
import type { ContactStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const contactShape: TableShape<Contact> = {
  name: 'contact',
  key: 'contactId',
  columns: {
    contactId: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    phase: 'plain',
    attemptNo: 'plain',
    at: 'plain',
    actorId: 'plain',
    channel: 'plain',
    result: 'plain',
    note: 'plain',
  },
};

export function contactStore(database: Database): ContactStore {
  const table = tableIn(database, contactShape);
  return {
    insert: table.insert,
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['at', 'attemptNo', 'contactId'])),
  };
}
