import { planContact } from '../domain/contact/plan-contact.ts';
import { assignmentNo, phase, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const planContactWorker = defineWorker({
  jobType: 'plan-contact',
  template: {
    name: '安排联系',
    nameEn: 'Plan a contact',
    description: '判断是否匿名，给出第几次联系和时限。',
    descriptionEn: 'Tells whether the requester is anonymous, the number of the attempt and its limit.',
  },
  reads: { ticketNo, assignmentNo, phase },
  step: planContact,
});
