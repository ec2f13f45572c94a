import { BusinessError } from '../errors/business-error.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { JobStep } from '../ports/job-step.ts';
import { currentContacts, isContactDone } from './contact-rules.ts';

/**
 * Nothing is submitted before the requester was heard and told [S15(5)].
 * @throws BusinessError('CONTACT_MISSING')
 */
export const checkTwoContacts: JobStep<{ ticketNo: string; assignmentNo: string }> = async (
  { stores },
  { ticketNo, assignmentNo },
) => {
  const assignment = await loadAssignment(stores, assignmentNo);
  const contacts = await stores.contacts.ofTicket(ticketNo);
  for (const phase of ['FIRST', 'RESULT'] as const) {
    if (isContactDone(currentContacts(contacts, assignment, phase))) continue;
    throw new BusinessError('CONTACT_MISSING', `${assignmentNo} has no contact of phase ${phase}`);
  }
  return {};
};
