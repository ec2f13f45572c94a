import { createCoAssignments } from '../domain/assignment/create-co-assignments.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const createCoAssignmentsWorker = defineWorker({
  jobType: 'create-co-assignments',
  template: {
    name: '生成协办',
    nameEn: 'Create co-host assignments',
    description: '为每个协办单位生成交办，返回名单。',
    descriptionEn: 'Opens an assignment for every co-host and answers with the list.',
  },
  reads: { ticketNo, assignmentNo },
  step: createCoAssignments,
});
