import type { JobStep } from '../ports/job-step.ts';
import { noteContact } from './note-contact.ts';
import type { ContactIn } from './plan-contact.ts';

/** The requester wished to stay unknown: the public reply is read by query code. */
export const recordContactSkip: JobStep<ContactIn> = async (context, input) => {
  await noteContact(context, input, { channel: 'NONE', result: 'SKIPPED_ANONYMOUS' });
  return {};
};
