import { archiveTicket } from '../domain/ticket/archive-ticket.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const archiveTicketWorker = defineWorker({
  jobType: 'archive-ticket',
  template: {
    name: '归档',
    nameEn: 'Archive the ticket',
    description: '按办理结果结束工单。',
    descriptionEn: 'Ends the ticket with the status that its facts give.',
  },
  reads: { ticketNo },
  step: archiveTicket,
});
