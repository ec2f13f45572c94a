import { recordWaiver } from '../domain/assignment/record-waiver.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordWaiverWorker = defineWorker({
  jobType: 'record-waiver',
  template: {
    name: '免除协办',
    nameEn: 'Waive a co-host',
    description: '协办单位不再需要办理。',
    descriptionEn: 'The co-host need not act any more.',
  },
  reads: { ticketNo, assignmentNo },
  step: recordWaiver,
});
