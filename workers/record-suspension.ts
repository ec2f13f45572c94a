import { recordSuspension } from '../domain/deadline/record-suspension.ts';
import { assignmentNo, requestId, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordSuspensionWorker = defineWorker({
  jobType: 'record-suspension',
  template: {
    name: '挂账',
    nameEn: 'Suspend the limit',
    description: '挂账批准后暂停时限。',
    descriptionEn: 'Pauses the limits after an approved suspension.',
  },
  reads: { ticketNo, assignmentNo, requestId },
  step: recordSuspension,
});
