import { archiveTicketWorker } from './archive-ticket.ts';
import { checkTwoContactsWorker } from './check-two-contacts.ts';
import { closeSupervisionOrderWorker } from './close-supervision-order.ts';
import { createAssignmentWorker } from './create-assignment.ts';
import { createCoAssignmentsWorker } from './create-co-assignments.ts';
import { detectDuplicateWorker } from './detect-duplicate.ts';
import { fireWatchWorker } from './fire-watch.ts';
import { nextWatchWorker } from './next-watch.ts';
import { notifyRequesterWorker } from './notify-requester.ts';
import { planContactWorker } from './plan-contact.ts';
import { prepareDispatchWorker } from './prepare-dispatch.ts';
import { recalculateDueAtWorker } from './recalculate-due-at.ts';
import { recordAttemptWorker } from './record-attempt.ts';
import { recordCallbackWorker } from './record-callback.ts';
import { recordClosureWorker } from './record-closure.ts';
import { recordCoHostResultWorker } from './record-co-host-result.ts';
import { recordContactSkipWorker } from './record-contact-skip.ts';
import { recordPreliminaryCheckWorker } from './record-preliminary-check.ts';
import { recordReturnDecisionWorker } from './record-return-decision.ts';
import { recordSuspensionWorker } from './record-suspension.ts';
import { recordWaiverWorker } from './record-waiver.ts';
import { sendContactSmsWorker } from './send-contact-sms.ts';
import { startCallbackWorker } from './start-callback.ts';
import { startGuardWorker } from './start-guard.ts';
import { submitAssignmentWorker } from './submit-assignment.ts';
import type { Worker } from './worker.ts';

/** Every job type of workflows/README.md but the task listener's, which is no step of a drawing. */
export const allWorkers: Worker[] = [
  startGuardWorker,
  detectDuplicateWorker,
  archiveTicketWorker,
  recordClosureWorker,
  notifyRequesterWorker,
  prepareDispatchWorker,
  createAssignmentWorker,
  createCoAssignmentsWorker,
  recordPreliminaryCheckWorker,
  recordReturnDecisionWorker,
  recordWaiverWorker,
  recordCoHostResultWorker,
  submitAssignmentWorker,
  planContactWorker,
  recordContactSkipWorker,
  recordAttemptWorker,
  sendContactSmsWorker,
  checkTwoContactsWorker,
  recalculateDueAtWorker,
  recordSuspensionWorker,
  nextWatchWorker,
  fireWatchWorker,
  closeSupervisionOrderWorker,
  startCallbackWorker,
  recordCallbackWorker,
];
