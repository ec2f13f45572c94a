import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { closeCase } from './close-case.ts';
import { mergeInto } from './merge-into.ts';
import type { Ticket } from './ticket.ts';
import { isClosed } from './ticket-transitions.ts';

/**
 * 并单 by hand: the same matter, told twice. The one merged into goes on with its first clock.
 * @throws NotFound, NotAllowed, InvalidInput
 */
export function mergeTicket(
  app: App,
  actor: Actor,
  input: { ticketNo: string; into: string; reason: string },
): Promise<Ticket> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { ticket } = await demandOnTicket(stores, actor, 'mergeTicket', input.ticketNo);
    const checks = new FieldChecks();
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    const into = checks.text('into', input.into, { required: true, max: 20 });
    const target = into === null ? undefined : await stores.tickets.find(into);
    if (into === ticket.ticketNo) checks.add('into', 'itself');
    else if (into !== null && !target) checks.add('into', 'unknownTicket', { ticketNo: into });
    else if (target && isClosed(target.status)) checks.add('into', 'ticketClosed', { ticketNo: target.ticketNo });
    checks.throwIfAny();
    if (!target) throw new Error('checked above');
    const merged = await mergeInto(stores, now, actor, ticket, target, reason);
    await closeCase(context, actor, ticket.ticketNo, 'MERGED');
    return merged;
  });
}
