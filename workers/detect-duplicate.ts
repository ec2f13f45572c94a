import { detectDuplicate } from '../domain/ticket/detect-duplicate.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const detectDuplicateWorker = defineWorker({
  jobType: 'detect-duplicate',
  template: {
    name: '查重',
    nameEn: 'Find duplicates',
    description: '查找同一地点、同一事项的在办工单，记录重复次数。',
    descriptionEn: 'Looks for open tickets of the same place and matter, and counts repeats.',
  },
  reads: { ticketNo },
  step: detectDuplicate,
});
