import type { Actor } from '../account/actor.ts';
import { recordEvent } from '../event/record-event.ts';
import type { Stores } from '../ports/stores.ts';
import { moveTicket } from './move-ticket.ts';
import type { Ticket } from './ticket.ts';

/** 并单: the earlier ticket goes on with its own clock and counts one caller more; this one ends. */
export async function mergeInto(
  stores: Stores,
  now: number,
  actor: Actor,
  ticket: Ticket,
  target: Ticket,
  reason: string | null,
): Promise<Ticket> {
  const merged = await moveTicket(stores, ticket, 'merge', { duplicateOf: target.ticketNo, closedAt: now });
  await stores.tickets.update(target.ticketNo, target.version, { repeatCount: target.repeatCount + 1 });
  await recordEvent(stores, now, actor, {
    ticketNo: ticket.ticketNo,
    type: 'ticketMerged',
    fromStatus: ticket.status,
    toStatus: merged.status,
    reason,
    data: { into: target.ticketNo },
  });
  await recordEvent(stores, now, actor, {
    ticketNo: target.ticketNo,
    type: 'repeatReceived',
    data: { from: ticket.ticketNo, repeatCount: target.repeatCount + 1 },
  });
  return merged;
}
