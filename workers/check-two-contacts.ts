import { checkTwoContacts } from '../domain/contact/check-two-contacts.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const checkTwoContactsWorker = defineWorker({
  jobType: 'check-two-contacts',
  template: {
    name: '检查两次联系',
    nameEn: 'Check both contacts',
    description: '报送前检查首次联系和告知结果；缺少时为 CONTACT_MISSING。',
    descriptionEn: 'Both contacts must be on record before submission; else CONTACT_MISSING.',
  },
  reads: { ticketNo, assignmentNo },
  step: checkTwoContacts,
});
