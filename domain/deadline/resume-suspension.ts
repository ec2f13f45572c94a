import type { Actor } from '../account/actor.ts';
import { demandOnTicket } from '../access/demand-on-ticket.ts';
import { unitGroup } from '../account/unit-groups.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { App } from '../ports/app.ts';
import type { JobContext } from '../ports/job-step.ts';
import { transact } from '../ports/transact.ts';
import { loadTicket, moveTicket } from '../ticket/move-ticket.ts';
import type { Limit } from './limit.ts';
import { moveDue } from './move-due.ts';
import { openCompletionLimit } from './open-limits.ts';

export interface ResumeSuspension {
  ticketNo: string;
  assignmentNo: string;
  reason: string;
}

/** The centre lets the clock run on before the suspension's date. @throws Conflict('notPaused'), InvalidInput, NotAllowed */
export function resumeSuspension(app: App, actor: Actor, input: ResumeSuspension): Promise<Limit> {
  return transact(app, async (context) => {
    await demandOnTicket(context.stores, actor, 'resumeSuspension', input.ticketNo);
    const checks = new FieldChecks();
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    checks.throwIfAny();
    const limit = await openCompletionLimit(context.stores, input.assignmentNo);
    if (limit?.ticketNo !== input.ticketNo || limit.pausedAt === null) {
      throw new Conflict('notPaused', { assignmentNo: input.assignmentNo });
    }
    return resumeLimit(context, actor, limit, reason ?? '');
  });
}

/** The clock of a paused limit runs on; its pause lengthens it. Also when the suspension's date has come. */
export async function resumeLimit(context: JobContext, actor: Actor, limit: Limit, reason: string): Promise<Limit> {
  const { stores } = context;
  const { ticketNo, assignmentNo } = limit;
  const resumed = await moveDue(context, actor, limit, { kind: 'RESUMED', reason });
  const ticket = await loadTicket(stores, ticketNo);
  if (ticket.status === 'SUSPENDED') await moveTicket(stores, ticket, 'resume');
  const assignment = assignmentNo === null ? undefined : await stores.assignments.find(assignmentNo);
  if (assignment) {
    const data = { assignmentNo, dueAt: resumed.dueAt };
    await notifyGroup(context, unitGroup(assignment.unitCode), { ticketNo, type: 'suspensionEnded', data });
  }
  return resumed;
}
