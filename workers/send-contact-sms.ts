import { sendContactSms } from '../domain/contact/send-contact-sms.ts';
import { assignmentNo, phase, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const sendContactSmsWorker = defineWorker({
  jobType: 'send-contact-sms',
  template: {
    name: '短信联系',
    nameEn: 'Send a text message',
    description: '三次未联系上，以短信告知诉求人。',
    descriptionEn: 'After three attempts in vain the requester is told by text message.',
  },
  reads: { ticketNo, assignmentNo, phase },
  step: sendContactSms,
});
