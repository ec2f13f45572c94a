import type { DeadlineRequest } from '../domain/deadline/extension.ts';
import type { DeadlineRequestStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const deadlineRequestShape: TableShape<DeadlineRequest> = {
  name: 'deadline_request',
  key: 'requestId',
  columns: {
    requestId: 'plain',
    kind: 'plain',
    ticketNo: 'plain',
    assignmentNo: 'plain',
    askedAt: 'plain',
    askedBy: 'plain',
    workingDays: 'plain',
    untilAt: 'plain',
    reason: 'plain',
    plan: 'plain',
    status: 'plain',
    decidedAt: 'plain',
    decidedBy: 'plain',
    decisionNote: 'plain',
  },
};

export function deadlineRequestStore(database: Database): DeadlineRequestStore {
  const table = tableIn(database, deadlineRequestShape);
  return {
    insert: table.insert,
    find: table.find,
    update: table.update,
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['askedAt', 'requestId'])),
    asked: () => table.list((query) => query.where({ status: 'ASKED' }).orderBy(['askedAt', 'requestId'])),
  };
}
