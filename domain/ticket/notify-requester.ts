import { BusinessError } from '../errors/business-error.ts';
import { recordEvent } from '../event/record-event.ts';
import { SYSTEM } from '../account/actor.ts';
import { notifyRequester as notify } from '../notification/notify.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from './move-ticket.ts';
import { isAnonymous } from './process-facts.ts';
import type { TicketStatus } from './ticket.ts';

const TYPES: Partial<Record<TicketStatus, string>> = {
  REJECTED: 'requestRejected',
  DIRECT_ANSWERED: 'requestAnswered',
  MERGED: 'requestMerged',
  CLOSED: 'requestClosed',
  CANCELLED: 'requestCancelled',
};
const MOBILE = /^1[3-9]\d{9}$/;

/**
 * Tells the requester how the ticket stands, by SMS.
 * @throws BusinessError('NOTIFICATION_FAILED') for a number that takes no SMS: somebody calls instead
 */
export const notifyRequester: JobStep<{ ticketNo: string }> = async (context, { ticketNo }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const caller = await stores.callers.find(ticketNo);
  if (isAnonymous(ticket, caller)) return {}; // reads the reply by query code
  if (!MOBILE.test(caller?.phone ?? ''))
    throw new BusinessError('NOTIFICATION_FAILED', `${ticketNo}: the number takes no SMS`);
  const type = TYPES[ticket.status] ?? 'requestProgress';
  await notify(context, { ticketNo, type, data: { ticketNo, status: ticket.status } });
  await recordEvent(stores, now, SYSTEM, { ticketNo, type: 'requesterNotified', data: { notification: type } });
  return {};
};
