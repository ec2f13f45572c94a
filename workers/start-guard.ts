import { startGuard } from '../domain/ticket/start-guard.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const startGuardWorker = defineWorker({
  jobType: 'start-guard',
  template: {
    name: '启动检查',
    nameEn: 'Guard the start',
    description: '记下本工单的流程实例；同一工单重复启动时以 ALREADY_STARTED 结束。',
    descriptionEn:
      'Claims the ticket for this process instance; a second start of the same ticket ends with ALREADY_STARTED.',
  },
  reads: { ticketNo },
  step: startGuard,
});
