import type { AssignmentStatus } from '../assignment/assignment.ts';
import { isoAt } from '../calendar/shanghai-time.ts';
import type { JobStep } from '../ports/job-step.ts';
import { watchOf } from './watch-items.ts';

interface In {
  ticketNo: string;
  assignmentNo: string;
}
interface Out extends Record<string, unknown> {
  /**
   * ALARM: wait for that instant or for `deadline-adjusted`. SUSPENDED: nothing has a time just now, but a change of a limit may
   * give it one: wait for the message only. NONE: this assignment is over.
   */
  watch: { kind: 'NONE' | 'SUSPENDED' | 'ALARM'; alarmAt: string | null };
}

const OVER: readonly AssignmentStatus[] = ['RETURNED', 'WAIVED', 'CLOSED'];

/** Plans the next alarm of an assignment from its ledgers. */
export const nextWatch: JobStep<In, Out> = async (context, { assignmentNo }) => {
  const { assignment, items } = await watchOf(context, assignmentNo);
  if (OVER.includes(assignment.status)) return { watch: { kind: 'NONE', alarmAt: null } };
  const next = items[0];
  if (!next) return { watch: { kind: 'SUSPENDED', alarmAt: null } };
  // Timers have whole seconds in the process; rounding up keeps the alarm from coming before it is due.
  return { watch: { kind: 'ALARM', alarmAt: isoAt(Math.ceil(next.at / 1000) * 1000) } };
};
