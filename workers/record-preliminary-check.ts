import { recordPreliminaryCheck } from '../domain/assignment/record-preliminary-check.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordPreliminaryCheckWorker = defineWorker({
  jobType: 'record-preliminary-check',
  template: {
    name: '记录退单初核',
    nameEn: 'Record the return request',
    description: '记录单位的初步核查和退单理由，计算退单次数。',
    descriptionEn: 'Records the unit’s preliminary check and counts the returns of the ticket.',
  },
  reads: { ticketNo, assignmentNo },
  step: recordPreliminaryCheck,
});
