import type { Actor } from '../account/actor.ts';
import { cancelLimits } from '../deadline/cancel-limits.ts';
import type { JobContext } from '../ports/job-step.ts';

const CASE_CLOSED_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * Ends the ticket's process from outside: its clocks stop now, its root event sub-process tidies when the message arrives (never
 * cancellation by API: no clean-up would run, processes.md 8). The status is written by the act itself.
 */
export async function closeCase(context: JobContext, actor: Actor, ticketNo: string, cause: string): Promise<void> {
  const { stores, realNow } = context;
  await cancelLimits(context, actor, { ticketNo }, cause);
  await stores.outbox.add(
    ticketNo,
    {
      kind: 'PUBLISH_MESSAGE',
      name: 'case-closed',
      correlationKey: ticketNo,
      messageId: `case-closed:${ticketNo}`,
      timeToLiveMs: CASE_CLOSED_TTL_MS,
      variables: {},
    },
    realNow,
  );
}
