import type { Assignment } from '../assignment/assignment.ts';
import type { Contact, ContactPhase } from '../contact/contact.ts';
import { contactsOf } from '../contact/contact-rules.ts';
import type { Lamp } from './ticket-view.ts';

function lampOf(phase: ContactPhase, contacts: readonly Contact[]): Lamp {
  const done = contacts.find(
    ({ result }) => result === 'REACHED' || result === 'SMS_SENT' || result === 'SKIPPED_ANONYMOUS',
  );
  const attempts = contacts.filter(({ channel }) => channel !== 'NONE').length;
  if (!done) return { phase, state: attempts > 0 ? 'TRYING' : 'OFF', at: null, attempts };
  const state = done.result === 'REACHED' ? 'DONE' : done.result === 'SMS_SENT' ? 'BY_SMS' : 'SKIPPED';
  return { phase, state, at: done.at, attempts };
}

/** The three lamps of 2+1 for the round that runs: a rework lights them anew. */
export function lampsOf(assignments: readonly Assignment[], contacts: readonly Contact[]): Lamp[] {
  const host = assignments.findLast(({ role }) => role === 'HOST');
  const ofRound = (phase: ContactPhase) => (host ? contactsOf(contacts, host.assignmentNo, phase) : []);
  const callbacks = contacts.filter(
    ({ phase, at }) => phase === 'CALLBACK' && host !== undefined && at >= host.dispatchedAt,
  );
  return [lampOf('FIRST', ofRound('FIRST')), lampOf('RESULT', ofRound('RESULT')), lampOf('CALLBACK', callbacks)];
}
