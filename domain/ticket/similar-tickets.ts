import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { TicketRow } from '../ports/queries.ts';

const SHOWN = 6;

export interface SimilarQuery {
  title?: string | null;
  content?: string | null;
  addressText?: string | null;
  categoryCode?: string | null;
  divisionCode?: string | null;
}

/** Open tickets of likely the same matter, best first, while the agent types: by whom they were told is not in them. @throws NotAllowed */
export async function similarTickets(
  app: App,
  actor: Actor,
  facts: SimilarQuery,
): Promise<(TicketRow & { score: number })[]> {
  demand(actor, 'similarTickets');
  const words = [facts.title, facts.addressText, facts.content].filter(Boolean).join(' ').slice(0, 300);
  if (words.trim().length < 2) return [];
  return app.stores.tickets.similar({
    words,
    limit: SHOWN,
    ...(facts.categoryCode ? { categoryCode: facts.categoryCode } : {}),
    ...(facts.divisionCode ? { divisionCode: facts.divisionCode } : {}),
  });
}
