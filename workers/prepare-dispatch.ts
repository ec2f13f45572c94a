import { z } from 'zod';
import { prepareDispatch } from '../domain/dispatch/prepare-dispatch.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const prepareDispatchWorker = defineWorker({
  jobType: 'prepare-dispatch',
  template: {
    name: '准备派单',
    nameEn: 'Prepare the dispatch',
    description: '按派单目录给出建议单位，起算派单时限。',
    descriptionEn: 'Suggests units from the dispatch catalogue and starts the dispatch limit.',
  },
  reads: { ticketNo, dispatchRule: z.object({ ruleCode: z.string().min(1) }), limitClass: z.string().min(1) },
  step: prepareDispatch,
});
