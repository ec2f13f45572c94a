import { recordCoHostResult } from '../domain/assignment/record-co-host-result.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordCoHostResultWorker = defineWorker({
  jobType: 'record-co-host-result',
  template: {
    name: '记录协办结果',
    nameEn: 'Record a co-host’s result',
    description: '协办单位已提交意见，结束其时限。',
    descriptionEn: 'The co-host has answered; its limit is done.',
  },
  reads: { ticketNo, assignmentNo },
  step: recordCoHostResult,
});
