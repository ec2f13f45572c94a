import type { Caller, Ticket, Urgency } from './ticket.ts';

/** What decisions see of a ticket: classification only, never who called or what was said (workflows/README.md). */
export type ProcessFacts = Pick<
  Ticket,
  | 'intakeOutcome'
  | 'channel'
  | 'requestType'
  | 'categoryCode'
  | 'urgency'
  | 'riskFlags'
  | 'divisionCode'
  | 'rejectReason'
> & { anonymous: boolean };

/** Nobody can be called back: unknown by wish, or no number was left. */
export function isAnonymous(ticket: Pick<Ticket, 'privacy'>, caller: Pick<Caller, 'phone'> | undefined): boolean {
  return ticket.privacy === 'ANONYMOUS' || !caller?.phone;
}

export function processFacts(ticket: Ticket, caller: Pick<Caller, 'phone'> | undefined): ProcessFacts {
  const { intakeOutcome, channel, requestType, categoryCode, urgency, riskFlags, divisionCode, rejectReason } = ticket;
  return {
    intakeOutcome,
    channel,
    requestType,
    categoryCode,
    urgency,
    riskFlags,
    divisionCode,
    rejectReason,
    anonymous: isAnonymous(ticket, caller),
  };
}

const PRIORITIES: Record<Urgency, number> = { EMERGENCY: 90, IMMEDIATE: 80, URGENT: 70, NORMAL: 50 };

/** Priority of the ticket's user tasks, 0–100. */
export const priorityOf = (urgency: Urgency): number => PRIORITIES[urgency];
