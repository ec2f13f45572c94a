import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import type { Caller } from './ticket.ts';

export const REVEAL_PURPOSES = ['CONTACT', 'CALLBACK', 'VERIFY', 'VISIT', 'OTHER'] as const;
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number];

/**
 * Shows who called, to one person, for a reason: in the ticket's log and in the audit before it is shown [S15(9)].
 * @throws NotFound, NotAllowed('noRight'), InvalidInput('reason', 'purpose')
 */
export function revealCaller(
  app: App,
  actor: Actor,
  input: { ticketNo: string; reason: string; purpose: string; remoteAddress?: string | null },
): Promise<Caller> {
  return transact(app, async ({ stores, now, realNow }) => {
    const { ticketNo } = input;
    await demandOnTicket(stores, actor, 'revealCaller', ticketNo);
    const checks = new FieldChecks();
    const reason = checks.text('reason', input.reason, { required: true, min: 2, max: 200 });
    const purpose = checks.option('purpose', input.purpose, REVEAL_PURPOSES, true);
    checks.throwIfAny();
    const caller = await stores.callers.find(ticketNo);
    if (!caller) throw new NotFound('caller', ticketNo);
    await recordEvent(stores, now, actor, {
      ticketNo,
      type: 'callerRevealed',
      visibility: 'CENTRE',
      reason,
      data: { purpose },
    });
    await stores.audit.append({
      at: realNow,
      actorId: actor.accountId,
      action: 'revealCaller',
      subject: ticketNo,
      reason,
      data: { purpose },
      remoteAddress: input.remoteAddress ?? null,
    });
    return caller;
  });
}
