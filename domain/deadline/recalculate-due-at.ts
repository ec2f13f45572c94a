import { isoAt } from '../calendar/shanghai-time.ts';
import type { JobStep } from '../ports/job-step.ts';
import { openCompletionLimit } from './open-limits.ts';
import { readLedger } from './read-ledger.ts';

interface In {
  ticketNo: string;
  assignmentNo: string;
  requestId: string;
}

/**
 * After the decision on an extension: reads the ledger, which the decision has moved already, sets the limit's row right if it
 * differs, and answers the due time for the steps that come. A limit that is paused or done has none.
 */
export const recalculateDueAt: JobStep<In, { completeDueAt: string | null }> = async ({ stores }, { assignmentNo }) => {
  const limit = await openCompletionLimit(stores, assignmentNo);
  if (!limit) return { completeDueAt: null };
  const { dueAt, pausedAt } = (await readLedger(stores, limit.limitId)).reading;
  if (dueAt !== limit.dueAt || pausedAt !== limit.pausedAt)
    await stores.limits.update(limit.limitId, { dueAt, pausedAt });
  return { completeDueAt: dueAt === null ? null : isoAt(dueAt) };
};
