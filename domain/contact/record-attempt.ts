import { isoAt } from '../calendar/shanghai-time.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { JobStep } from '../ports/job-step.ts';
import { currentContacts, countedAttempts, isReached, nextHalfDayOpening } from './contact-rules.ts';
import type { ContactIn } from './plan-contact.ts';

/** Reads what the task wrote: reached, how many half-days were tried, when to try again. */
export const recordAttempt: JobStep<
  ContactIn,
  { contactReached: boolean; attempts: number; nextAttemptAt: string }
> = async ({ stores, now }, { ticketNo, assignmentNo, phase }) => {
  const assignment = await loadAssignment(stores, assignmentNo);
  const contacts = currentContacts(await stores.contacts.ofTicket(ticketNo), assignment, phase);
  return {
    contactReached: isReached(contacts),
    attempts: countedAttempts(contacts),
    nextAttemptAt: isoAt(nextHalfDayOpening(now, await stores.calendar.load())),
  };
};
