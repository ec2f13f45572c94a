import { z } from 'zod';
import { closeSupervisionOrder } from '../domain/supervision/close-supervision-order.ts';
import { defineWorker } from './worker.ts';

export const closeSupervisionOrderWorker = defineWorker({
  jobType: 'close-supervision-order',
  template: {
    name: '销号',
    nameEn: 'Close the order',
    description: '整改核查通过，督办单销号。',
    descriptionEn: 'The correction was verified; the supervision order is closed.',
  },
  reads: { supervisionNo: z.string().min(1) },
  step: closeSupervisionOrder,
});
