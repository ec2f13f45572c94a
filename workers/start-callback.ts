import { startCallback } from '../domain/callback/start-callback.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const startCallbackWorker = defineWorker({
  jobType: 'start-callback',
  template: {
    name: '发起回访',
    nameEn: 'Start the callback',
    description: '判断是否需要回访，起算回访时限。',
    descriptionEn: 'Tells whether a callback is needed and starts its limit.',
  },
  reads: { ticketNo, assignmentNo },
  step: startCallback,
});
