import { NotAllowed } from '../errors/not-allowed.ts';
import type { TicketStatus } from './ticket.ts';

/** What moves a ticket on, in the order of its life. */
export const TICKET_ACTS = [
  'answer',
  'reject',
  'overturnRejection',
  'prepareDispatch',
  'dispatch',
  'startRework',
  'sign',
  'requestReturn',
  'denyReturn',
  'upholdReturn',
  'sendToDetermination',
  'approve',
  'rejectQuality',
  'submit',
  'orderRework',
  'suspend',
  'resume',
  'close',
  'cancel',
  'merge',
] as const;
export type TicketAct = (typeof TICKET_ACTS)[number];

const OPEN = [
  'DRAFT',
  'PENDING_REVIEW',
  'PENDING_DISPATCH',
  'DISPATCHED',
  'IN_PROGRESS',
  'RETURN_REQUESTED',
  'DETERMINING',
  'SUBMITTED',
  'PENDING_CALLBACK',
  'REWORK',
  'SUSPENDED',
] as const satisfies readonly TicketStatus[];

/** Statuses that nothing leaves. DIRECT_ANSWERED and REJECTED are reached by a decision and sealed by archiving. */
export const CLOSED_STATUSES = ['REJECTED', 'DIRECT_ANSWERED', 'CLOSED', 'CANCELLED', 'MERGED'] as const;

export function isClosed(status: TicketStatus): boolean {
  return (CLOSED_STATUSES as readonly TicketStatus[]).includes(status);
}

const everyOpen = (to: TicketStatus) => Object.fromEntries(OPEN.map((from) => [from, to]));

/** act → from → to. What is not here is refused. */
export const TICKET_TRANSITIONS: Record<TicketAct, Partial<Record<TicketStatus, TicketStatus>>> = {
  answer: { DRAFT: 'DIRECT_ANSWERED', PENDING_REVIEW: 'DIRECT_ANSWERED' },
  reject: { PENDING_REVIEW: 'REJECTED', PENDING_DISPATCH: 'REJECTED' },
  overturnRejection: { PENDING_REVIEW: 'PENDING_DISPATCH' },
  prepareDispatch: {
    PENDING_REVIEW: 'PENDING_DISPATCH',
    PENDING_DISPATCH: 'PENDING_DISPATCH',
    DETERMINING: 'DETERMINING',
  },
  dispatch: { PENDING_REVIEW: 'DISPATCHED', PENDING_DISPATCH: 'DISPATCHED', DETERMINING: 'DISPATCHED' },
  startRework: { PENDING_CALLBACK: 'REWORK', REWORK: 'REWORK' },
  // A suspension may begin and end before anybody has signed.
  sign: { DISPATCHED: 'IN_PROGRESS', REWORK: 'IN_PROGRESS', SUSPENDED: 'SUSPENDED', IN_PROGRESS: 'IN_PROGRESS' },
  requestReturn: { DISPATCHED: 'RETURN_REQUESTED', SUSPENDED: 'RETURN_REQUESTED', IN_PROGRESS: 'RETURN_REQUESTED' },
  denyReturn: { RETURN_REQUESTED: 'DISPATCHED' },
  upholdReturn: { RETURN_REQUESTED: 'PENDING_DISPATCH' },
  sendToDetermination: { RETURN_REQUESTED: 'DETERMINING' },
  // A unit may finish what was suspended: the wait is over when the work is done.
  approve: { IN_PROGRESS: 'SUBMITTED', SUSPENDED: 'SUBMITTED' },
  rejectQuality: { SUBMITTED: 'IN_PROGRESS' },
  submit: { SUBMITTED: 'PENDING_CALLBACK' },
  orderRework: { PENDING_CALLBACK: 'REWORK' },
  suspend: { IN_PROGRESS: 'SUSPENDED', DISPATCHED: 'SUSPENDED', REWORK: 'SUSPENDED' },
  resume: { SUSPENDED: 'IN_PROGRESS' },
  close: { PENDING_CALLBACK: 'CLOSED' },
  cancel: everyOpen('CANCELLED'),
  merge: everyOpen('MERGED'),
};

/** @throws NotAllowed('ticketStatus') when the act is not for a ticket that stands so. */
export function nextStatus(from: TicketStatus, act: TicketAct): TicketStatus {
  const to = TICKET_TRANSITIONS[act][from];
  if (to === undefined) throw new NotAllowed('ticketStatus', { status: from, act });
  return to;
}

export function canDo(from: TicketStatus, act: TicketAct): boolean {
  return TICKET_TRANSITIONS[act][from] !== undefined;
}
