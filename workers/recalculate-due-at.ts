import { recalculateDueAt } from '../domain/deadline/recalculate-due-at.ts';
import { assignmentNo, requestId, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recalculateDueAtWorker = defineWorker({
  jobType: 'recalculate-due-at',
  template: {
    name: '重算办结时限',
    nameEn: 'Recalculate the limit',
    description: '延期批准后按工作日重算办结时限。',
    descriptionEn: 'Counts the completion limit anew after an approved extension.',
  },
  reads: { ticketNo, assignmentNo, requestId },
  step: recalculateDueAt,
});
