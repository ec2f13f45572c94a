import { isoAt } from '../calendar/shanghai-time.ts';
import { contactPolicy } from '../contact/contact-policy.ts';
import { nextHalfDayOpening } from '../contact/contact-rules.ts';
import { addLimit } from '../deadline/working-time.ts';
import type { JobStep } from '../ports/job-step.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { isSatisfied } from './callback-rules.ts';

/** Reads what the task wrote: reached, satisfied, and whether to try again (3 tries over 2 working days [D]). */
export const recordCallback: JobStep<
  { ticketNo: string; assignmentNo: string },
  {
    reached: boolean;
    attempts: number;
    triesLeft: number;
    nextAttemptAt: string;
    satisfied: boolean;
    reworkCount: number;
  }
> = async ({ stores, now }, { ticketNo, assignmentNo }) => {
  const ticket = await loadTicket(stores, ticketNo);
  const calls = (await stores.callbacks.ofTicket(ticketNo)).filter((call) => call.assignmentNo === assignmentNo);
  const reached = calls.find((call) => call.reached);
  const calendar = await stores.calendar.load();
  const nextAttemptAt = nextHalfDayOpening(now, calendar);
  const lastAt = addLimit(
    calls[0]?.at ?? now,
    await contactPolicy(stores, 'callback.withinWorkingDays'),
    'WORKING_DAYS',
    calendar,
  );
  const tries = await contactPolicy(stores, 'callback.tries');
  return {
    reached: reached !== undefined,
    attempts: calls.length,
    triesLeft: nextAttemptAt > lastAt ? 0 : Math.max(0, tries - calls.length),
    nextAttemptAt: isoAt(nextAttemptAt),
    satisfied: reached !== undefined && isSatisfied(reached, ticket.outcome),
    reworkCount: ticket.reworkCount,
  };
};
