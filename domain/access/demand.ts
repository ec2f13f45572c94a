import type { Actor } from '../account/actor.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { mayDo } from './access.ts';
import type { Action } from './access-table.ts';
import type { TicketFacts } from './relation.ts';

/** @throws NotAllowed('noRight') unless the access table lets the actor. */
export function demand(actor: Actor, action: Action, facts?: TicketFacts): void {
  if (!mayDo(actor, action, facts)) throw new NotAllowed('noRight', { action });
}
