import type { Actor } from '../account/actor.ts';
import type { Stores } from '../ports/stores.ts';
import type { NewAuditEntry } from './ticket-event.ts';

/** What is not a ticket's: sign-ins, accounts, rules, calendar. `realNow` is real time; `data` never holds a secret. */
export function recordAudit(
  stores: Stores,
  realNow: number,
  actor: Actor,
  entry: Pick<NewAuditEntry, 'action' | 'subject'> & Partial<NewAuditEntry>,
): Promise<void> {
  return stores.audit.append({
    reason: null,
    data: {},
    remoteAddress: null,
    ...entry,
    at: realNow,
    actorId: actor.accountId,
  });
}
