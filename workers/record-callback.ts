import { recordCallback } from '../domain/callback/record-callback.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordCallbackWorker = defineWorker({
  jobType: 'record-callback',
  template: {
    name: '记录回访',
    nameEn: 'Record the callback',
    description: '记录是否接通、满意度和剩余次数。',
    descriptionEn: 'Tells whether the requester was reached, was satisfied, and how many tries are left.',
  },
  reads: { ticketNo, assignmentNo },
  step: recordCallback,
});
