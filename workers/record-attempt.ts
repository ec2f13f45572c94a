import { recordAttempt } from '../domain/contact/record-attempt.ts';
import { assignmentNo, phase, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordAttemptWorker = defineWorker({
  jobType: 'record-attempt',
  template: {
    name: '记录联系',
    nameEn: 'Record an attempt',
    description: '判断是否联系上，安排下一次联系时间。',
    descriptionEn: 'Tells whether the requester was reached and when to try again.',
  },
  reads: { ticketNo, assignmentNo, phase },
  step: recordAttempt,
});
