import type { Actor } from '../account/actor.ts';
import type { Stores } from '../ports/stores.ts';
import type { NewTicketEvent } from './ticket-event.ts';

/**
 * Appends to the ticket's log and tells the browsers that watch it. `data` holds codes, numbers and instants only: the log is
 * shown to every unit of the ticket and must never hold what a person said.
 */
export async function recordEvent(
  stores: Stores,
  now: number,
  actor: Actor,
  event: Pick<NewTicketEvent, 'ticketNo' | 'type'> & Partial<NewTicketEvent>,
): Promise<void> {
  await stores.events.append({
    assignmentNo: null,
    fromStatus: null,
    toStatus: null,
    reason: null,
    visibility: 'TICKET',
    data: {},
    ...event,
    at: now,
    actorId: actor.accountId,
    actorName: actor.displayName,
    actorUnitCode: actor.unitCode,
  });
  await stores.changes.append({ kind: 'TICKET', subject: event.ticketNo, groups: [], accountId: null });
}
