import type { Assignment } from '../domain/assignment/assignment.ts';
import type { AssignmentStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const assignmentShape: TableShape<Assignment> = {
  name: 'assignment',
  key: 'assignmentNo',
  columns: {
    assignmentNo: 'plain',
    ticketNo: 'plain',
    round: 'plain',
    unitCode: 'plain',
    role: 'plain',
    hostAssignmentNo: 'plain',
    status: 'plain',
    dispatchedAt: 'plain',
    dispatchedBy: 'plain',
    signedAt: 'plain',
    signedBy: 'plain',
    firstContactAt: 'plain',
    resultContactAt: 'plain',
    submittedAt: 'plain',
    approvedAt: 'plain',
    preliminaryCheck: 'plain',
    returnReason: 'plain',
    returnLegalBasis: 'plain',
    returnCount: 'plain',
    isRework: 'flag',
    instruction: 'plain',
    outcome: 'plain',
    publicReply: 'plain',
    internalNote: 'plain',
    opinion: 'plain',
    waiverReason: 'plain',
  },
};

export function assignmentStore(database: Database): AssignmentStore {
  const table = tableIn(database, assignmentShape);
  return {
    insert: table.insert,
    find: table.find,
    update: table.update,
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['dispatchedAt', 'assignmentNo'])),
  };
}
