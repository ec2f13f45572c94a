import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { closeCase } from './close-case.ts';
import { moveTicket } from './move-ticket.ts';
import type { Ticket } from './ticket.ts';

export interface EndTicketInput {
  ticketNo: string;
  reason: string;
}

/** 撤回: the requester no longer wants it. @throws NotFound, NotAllowed, InvalidInput('reason') */
export const withdrawTicket = (app: App, actor: Actor, input: EndTicketInput): Promise<Ticket> =>
  endTicket(app, actor, input, 'withdrawTicket', 'ticketWithdrawn');

/** 作废: the centre ends what should not have been opened. @throws NotFound, NotAllowed, InvalidInput('reason') */
export const cancelTicket = (app: App, actor: Actor, input: EndTicketInput): Promise<Ticket> =>
  endTicket(app, actor, input, 'cancelTicket', 'ticketCancelled');

function endTicket(
  app: App,
  actor: Actor,
  { ticketNo, reason: given }: EndTicketInput,
  action: 'withdrawTicket' | 'cancelTicket',
  type: string,
): Promise<Ticket> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { ticket } = await demandOnTicket(stores, actor, action, ticketNo);
    const checks = new FieldChecks();
    const reason = checks.text('reason', given, { required: true, max: 500 });
    checks.throwIfAny();
    const ended = await moveTicket(stores, ticket, 'cancel', { closedAt: now });
    await closeCase(context, actor, ticketNo, 'CANCELLED');
    await recordEvent(stores, now, actor, {
      ticketNo,
      type,
      fromStatus: ticket.status,
      toStatus: ended.status,
      reason,
    });
    return ended;
  });
}
