import { recordReturnDecision } from '../domain/assignment/record-return-decision.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordReturnDecisionWorker = defineWorker({
  jobType: 'record-return-decision',
  template: {
    name: '退单成立',
    nameEn: 'Accept the return',
    description: '结束本轮交办，停止其时限。',
    descriptionEn: 'Ends the round as returned and cancels its limits.',
  },
  reads: { ticketNo, assignmentNo },
  step: recordReturnDecision,
});
