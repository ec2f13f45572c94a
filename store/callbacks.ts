import type { Callback } from '../domain/callback/callback.ts';
import type { CallbackStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const callbackShape: TableShape<Callback> = {
  name: 'callback',
  key: 'callbackId',
  columns: {
    callbackId: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    attemptNo: 'plain',
    at: 'plain',
    actorId: 'plain',
    reached: 'flag',
    unitContacted: 'flag',
    factTrue: 'flag',
    solved: 'flag',
    satisfaction: 'plain',
    dissatisfiedReason: 'plain',
    note: 'plain',
  },
};

export function callbackStore(database: Database): CallbackStore {
  const table = tableIn(database, callbackShape);
  return {
    insert: table.insert,
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['at', 'attemptNo', 'callbackId'])),
  };
}
