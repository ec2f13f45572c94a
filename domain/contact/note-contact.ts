import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../account/actor.ts';
import { finishLimit } from '../deadline/finish-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { Contact } from './contact.ts';
import { contactsOf } from './contact-rules.ts';
import type { ContactIn } from './plan-contact.ts';

/** A contact that no person made: a message, or the reason why there is none. It ends the duty and the first contact's clock. */
export async function noteContact(
  context: JobContext,
  { ticketNo, assignmentNo, phase }: ContactIn,
  made: Pick<Contact, 'channel' | 'result'>,
): Promise<void> {
  const { stores, now } = context;
  const earlier = contactsOf(await stores.contacts.ofTicket(ticketNo), assignmentNo, phase);
  const attemptNo = earlier.length + 1;
  await stores.contacts.insert({
    ...made,
    contactId: randomUUID(),
    ticketNo,
    assignmentNo,
    phase,
    attemptNo,
    at: now,
    actorId: SYSTEM.accountId,
    note: null,
  });
  await stores.assignments.update(assignmentNo, phase === 'FIRST' ? { firstContactAt: now } : { resultContactAt: now });
  if (phase === 'FIRST') await finishLimit(context, SYSTEM, { assignmentNo, step: 'FIRST_CONTACT' });
  await recordEvent(stores, now, SYSTEM, {
    ticketNo,
    assignmentNo,
    type: 'contactAttempted',
    data: { phase, ...made, attemptNo },
  });
}
