import { nextWatch } from '../domain/supervision/next-watch.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const nextWatchWorker = defineWorker({
  jobType: 'next-watch',
  template: {
    name: '计算下一次提醒',
    nameEn: 'Plan the next alarm',
    description: '从时限台账计算下一次催办或督办的时刻。',
    descriptionEn: 'Reads the ledger for the instant of the next reminder, urge or order.',
  },
  reads: { ticketNo, assignmentNo },
  step: nextWatch,
});
