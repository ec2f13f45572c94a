import { fireWatch } from '../domain/supervision/fire-watch.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const fireWatchWorker = defineWorker({
  jobType: 'fire-watch',
  template: {
    name: '催办督办',
    nameEn: 'Remind, urge or order',
    description: '到点后再次核对台账，提醒、催办、发督办单或自动签收。',
    descriptionEn: 'Checks the ledger again at the instant, then reminds, urges, orders or signs automatically.',
  },
  reads: { ticketNo, assignmentNo },
  step: fireWatch,
});
