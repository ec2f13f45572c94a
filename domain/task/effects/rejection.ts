import type { FieldChecks } from '../../errors/field-checks.ts';
import { recordEvent } from '../../event/record-event.ts';
import { moveTicket } from '../../ticket/move-ticket.ts';
import { REJECT_REASONS, type RejectReason, type Ticket } from '../../ticket/ticket.ts';
import { type Answers, type EffectContext, requireText, textOf } from '../task-effect.ts';

/** Every refusal records its text, the legal channel that the caller was told, and the reviewer (domain.md §2, Art 8). */
export function checkRejection(checks: FieldChecks, answers: Answers, ticket: Ticket): void {
  checks.option('rejectReason', answers['rejectReason'], REJECT_REASONS, ticket.rejectReason === null);
  if (ticket.rejectText === null) requireText(checks, answers, 'rejectText');
  if (ticket.rejectChannelTold === null) requireText(checks, answers, 'rejectChannelTold');
}

/** What the reviewer leaves empty stays as the agent wrote it. */
export async function rejectTicket({ stores, now, actor, ticket }: EffectContext, answers: Answers): Promise<void> {
  const rejectReason = (textOf(answers, 'rejectReason') as RejectReason | null) ?? ticket.rejectReason;
  const moved = await moveTicket(stores, ticket, 'reject', {
    rejectReason,
    rejectText: textOf(answers, 'rejectText') ?? ticket.rejectText,
    rejectChannelTold: textOf(answers, 'rejectChannelTold') ?? ticket.rejectChannelTold,
    rejectReviewer: actor.accountId,
  });
  await recordEvent(stores, now, actor, {
    ticketNo: ticket.ticketNo,
    type: 'ticketRejected',
    fromStatus: ticket.status,
    toStatus: moved.status,
    data: { rejectReason },
  });
}
