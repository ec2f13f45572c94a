import { recordContactSkip } from '../domain/contact/record-contact-skip.ts';
import { assignmentNo, phase, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordContactSkipWorker = defineWorker({
  jobType: 'record-contact-skip',
  template: {
    name: '免联系',
    nameEn: 'Skip a contact',
    description: '匿名诉求不联系，记录原因。',
    descriptionEn: 'An anonymous requester is not contacted; the reason is recorded.',
  },
  reads: { ticketNo, assignmentNo, phase },
  step: recordContactSkip,
});
