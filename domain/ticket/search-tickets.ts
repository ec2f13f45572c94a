import { scopeOf } from '../access/access.ts';
import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { Page } from '../ports/page.ts';
import type { TicketQuery, TicketRow } from '../ports/queries.ts';

const MAX_PAGE = 200;

/** Tickets the actor may know of. @throws NotAllowed */
export function searchTickets(app: App, actor: Actor, query: Omit<TicketQuery, 'scope'>): Promise<Page<TicketRow>> {
  demand(actor, 'searchTickets');
  const limit = Math.min(Math.max(1, query.limit), MAX_PAGE);
  return app.stores.tickets.search({ ...query, limit, scope: scopeOf(actor) });
}
