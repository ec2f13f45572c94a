import type { JobContext } from '../ports/job-step.ts';

/** A message for a watch that is busy just now must outlive its turn (processes.md, fact 3). */
const DEADLINE_ADJUSTED_TTL_MS = 60 * 60 * 1000;

/** Wakes the watch of an assignment, which plans anew from the database. `cause` makes the message one of a kind. */
export async function tellWatch(
  { stores, realNow }: JobContext,
  { ticketNo, assignmentNo }: { ticketNo: string; assignmentNo: string | null },
  cause: string | number,
): Promise<void> {
  if (assignmentNo === null) return;
  await stores.outbox.add(
    ticketNo,
    {
      kind: 'PUBLISH_MESSAGE',
      name: 'deadline-adjusted',
      correlationKey: assignmentNo,
      messageId: `deadline-adjusted:${cause}`,
      timeToLiveMs: DEADLINE_ADJUSTED_TTL_MS,
      variables: {},
    },
    realNow,
  );
}
