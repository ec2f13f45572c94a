import { notifyRequester } from '../domain/ticket/notify-requester.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const notifyRequesterWorker = defineWorker({
  jobType: 'notify-requester',
  template: {
    name: '告知诉求人',
    nameEn: 'Notify the requester',
    description: '向诉求人发送短信通知；无法送达时为 NOTIFICATION_FAILED。',
    descriptionEn: 'Queues a text message to the requester; NOTIFICATION_FAILED when there is no way to reach them.',
  },
  reads: { ticketNo },
  step: notifyRequester,
});
