import { recordClosure } from '../domain/ticket/record-closure.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const recordClosureWorker = defineWorker({
  jobType: 'record-closure',
  template: {
    name: '记录提前结束',
    nameEn: 'Record an early end',
    description: '撤回、并案或取消后收尾：结束时限和未完成的交办。',
    descriptionEn: 'Tidies up after withdrawal, merge or cancellation: limits and open assignments end.',
  },
  reads: { ticketNo },
  step: recordClosure,
});
