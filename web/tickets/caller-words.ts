import type { TicketView } from '../../domain/ticket/ticket-view.ts';
import type { Translate } from '../i18n/messages.ts';

/** The requester as this reader may see them, masked: `张** · 女 · 138****0001`. */
export function callerWords({ caller, ticket }: TicketView, t: Translate): string {
  if (ticket.privacy === 'ANONYMOUS') return t('enum.Privacy.ANONYMOUS');
  if (!caller) return '';
  const gender = caller.gender === null ? null : t(`enum.Gender.${caller.gender}`);
  return [caller.name, gender, caller.phone].filter(Boolean).join(' · ');
}

export function mayReveal({ caller, ticket }: TicketView): boolean {
  return caller?.access === 'REVEALABLE' && ticket.privacy !== 'ANONYMOUS';
}
