import type { TicketRow } from '../../domain/ports/queries.ts';
import type { Locale, Translate } from '../i18n/messages.ts';
import { categoryName, divisionName } from '../view/place-names.ts';
import { type TimeLeft, timeLeft } from '../view/time-words.ts';

export interface TicketRowView {
  ticketNo: string;
  title: string;
  status: string;
  statusColour: string;
  urgency: string;
  urgencyColour: string;
  requestType: string;
  category: string;
  division: string;
  address: string;
  unit: string;
  createdAt: number;
  closed: boolean;
  left: TimeLeft;
  confidential: boolean;
  supervisionLevel: number;
}

const DONE = new Set(['CLOSED', 'REJECTED', 'DIRECT_ANSWERED', 'CANCELLED', 'MERGED']);
const WAITING = new Set(['SUSPENDED', 'RETURN_REQUESTED', 'DETERMINING', 'REWORK']);

export const isClosed = (status: string): boolean => DONE.has(status);

/** Grey for what is over, amber for what stands still or came back, blue for what runs. */
export function statusColour(status: string): string {
  return DONE.has(status) ? '' : WAITING.has(status) ? 'amber' : 'blue';
}
export function urgencyColour(urgency: string): string {
  return urgency === 'NORMAL' ? '' : urgency === 'URGENT' ? 'amber' : 'red';
}

export function ticketRowView(
  row: TicketRow,
  now: number,
  t: Translate,
  locale: Locale,
  unitName: (code: string | null) => string,
): TicketRowView {
  return {
    ticketNo: row.ticketNo,
    title: row.title,
    status: t(`enum.TicketStatus.${row.status}`),
    statusColour: statusColour(row.status),
    urgency: row.urgency === 'NORMAL' ? '' : t(`enum.Urgency.${row.urgency}`),
    urgencyColour: urgencyColour(row.urgency),
    requestType: t(`enum.RequestType.${row.requestType}`),
    category: categoryName(row.categoryCode, locale),
    division: divisionName(row.divisionCode, locale),
    address: row.addressText,
    unit: unitName(row.hostUnitCode),
    createdAt: row.createdAt,
    closed: isClosed(row.status),
    left: timeLeft(row, now, t),
    confidential: row.privacy !== 'PUBLIC_TO_HANDLER',
    supervisionLevel: row.supervisionLevel,
  };
}
