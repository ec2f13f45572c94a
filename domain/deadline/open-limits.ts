import type { Stores } from '../ports/stores.ts';
import type { Limit, LimitStep } from './limit.ts';

/** Which limits are meant: one by id, or the open ones of an assignment or a ticket, of one step or all. */
export type LimitSelector =
  | { limitId: string }
  | { assignmentNo: string; step?: LimitStep }
  | { ticketNo: string; step?: LimitStep };

export function isOpen(limit: Limit): boolean {
  return limit.doneAt === null && limit.cancelledAt === null;
}

export async function openLimits(stores: Stores, selector: LimitSelector): Promise<Limit[]> {
  if ('limitId' in selector) {
    const limit = await stores.limits.find(selector.limitId);
    return limit && isOpen(limit) ? [limit] : [];
  }
  const limits =
    'assignmentNo' in selector
      ? await stores.limits.ofAssignment(selector.assignmentNo)
      : await stores.limits.ofTicket(selector.ticketNo);
  return limits.filter((limit) => isOpen(limit) && (selector.step === undefined || limit.step === selector.step));
}

/** The open completion limit of an assignment: what extensions and suspensions are about. */
export async function openCompletionLimit(stores: Stores, assignmentNo: string): Promise<Limit | undefined> {
  const [limit] = await openLimits(stores, { assignmentNo, step: 'COMPLETE' });
  return limit;
}
