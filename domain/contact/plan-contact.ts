import { isoAt } from '../calendar/shanghai-time.ts';
import { openLimits } from '../deadline/open-limits.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { isAnonymous } from '../ticket/process-facts.ts';
import { currentContacts, countedAttempts } from './contact-rules.ts';

export interface ContactIn {
  ticketNo: string;
  assignmentNo: string;
  phase: 'FIRST' | 'RESULT';
}

/** Whether there is anybody to call, and until when. */
export const planContact: JobStep<
  ContactIn,
  { anonymous: boolean; contactDueAt: string | null; attempt: number }
> = async ({ stores }, { ticketNo, assignmentNo, phase }) => {
  const assignment = await loadAssignment(stores, assignmentNo);
  const ticket = await loadTicket(stores, ticketNo);
  const contacts = currentContacts(await stores.contacts.ofTicket(ticketNo), assignment, phase);
  const [limit] = await openLimits(stores, { assignmentNo, step: phase === 'FIRST' ? 'FIRST_CONTACT' : 'COMPLETE' });
  return {
    anonymous: isAnonymous(ticket, await stores.callers.find(ticketNo)),
    contactDueAt: limit?.dueAt == null ? null : isoAt(limit.dueAt),
    attempt: countedAttempts(contacts) + 1,
  };
};
