import { notifyRequester } from '../notification/notify.ts';
import type { JobStep } from '../ports/job-step.ts';
import { noteContact } from './note-contact.ts';
import type { ContactIn } from './plan-contact.ts';

/** After the tries in different half-days a message counts as done (domain.md §4 P05). */
export const sendContactSms: JobStep<ContactIn> = async (context, input) => {
  const { ticketNo, phase } = input;
  await notifyRequester(context, {
    ticketNo,
    type: phase === 'FIRST' ? 'firstContactSms' : 'resultContactSms',
    data: { ticketNo },
  });
  await noteContact(context, input, { channel: 'SMS', result: 'SMS_SENT' });
  return {};
};
