import { SYSTEM } from '../account/actor.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import { startLimit } from '../deadline/start-limit.ts';
import { recordEvent } from '../event/record-event.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { isAnonymous, priorityOf } from '../ticket/process-facts.ts';

/** The centre verifies the result with the requester, unless there is nobody to ask or they asked not to be called. */
export const startCallback: JobStep<
  { ticketNo: string; assignmentNo: string },
  { callbackNeeded: boolean; callbackDueAt: string | null; limitId: string | null; priority: number }
> = async (context, { ticketNo, assignmentNo }) => {
  const { stores, now } = context;
  const ticket = await loadTicket(stores, ticketNo);
  const priority = priorityOf(ticket.urgency);
  const anonymous = isAnonymous(ticket, await stores.callers.find(ticketNo));
  if (anonymous || !ticket.callbackWanted) {
    await recordEvent(stores, now, SYSTEM, {
      ticketNo,
      assignmentNo,
      type: 'callbackSkipped',
      data: { cause: anonymous ? 'ANONYMOUS' : 'NOT_WANTED' },
    });
    return { callbackNeeded: false, callbackDueAt: null, limitId: null, priority };
  }
  const limit = await startLimit(context, SYSTEM, {
    ticketNo,
    assignmentNo: null,
    ownerNo: ticketNo,
    step: 'CALLBACK',
    limitClass: ticket.limitClass ?? ticket.requestType,
    startAt: now,
  });
  return {
    callbackNeeded: true,
    callbackDueAt: limit.dueAt === null ? null : isoAt(limit.dueAt),
    limitId: limit.limitId,
    priority,
  };
};
