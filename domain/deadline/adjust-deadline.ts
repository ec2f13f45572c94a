import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { checkNewDue, demandRunning } from './check-new-due.ts';
import type { Limit } from './limit.ts';
import { moveDue } from './move-due.ts';

export interface AdjustDeadline {
  ticketNo: string;
  limitId: string;
  dueAt: number;
  reason: string;
  /** Of the ticket as the actor saw it. */
  expectedVersion?: number;
}

/**
 * An admin or the director sets a due time (check-new-due).
 * @throws InvalidInput('reason' | 'dueAt'), NotFound, NotAllowed, Conflict('limitClosed' | 'limitPaused' | 'ticketChanged')
 */
export function adjustDeadline(app: App, actor: Actor, input: AdjustDeadline): Promise<Limit> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { ticket } = await demandOnTicket(stores, actor, 'adjustDeadline', input.ticketNo);
    const limit = await stores.limits.find(input.limitId);
    if (limit?.ticketNo !== input.ticketNo) throw new NotFound('limit', input.limitId);
    demandRunning(limit);
    const checks = new FieldChecks();
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    checkNewDue(checks, limit, input.dueAt, now);
    checks.throwIfAny();
    await stores.tickets.update(ticket.ticketNo, input.expectedVersion ?? ticket.version, {});
    return moveDue(context, actor, limit, { kind: 'ADJUSTED', dueAt: input.dueAt, reason });
  });
}
