import type { Request } from 'express';
import { DIVISIONS } from '../../domain/defaults/divisions.ts';
import type { TicketQuery } from '../../domain/ports/queries.ts';
import { REQUEST_TYPES, TICKET_STATUSES, URGENCIES } from '../../domain/ticket/ticket.ts';
import { readLocalTime } from '../view/shanghai.ts';
import { DAY_MS } from '../../domain/calendar/shanghai-time.ts';

export const TICKET_SORTS = ['-createdAt', 'createdAt', 'dueAt', '-dueAt', '-updatedAt', 'updatedAt'] as const;
const MAX_WORDS = 60;

/** The list as the address bar holds it. */
export interface TicketListQuery {
  words?: string;
  state?: 'open' | 'closed' | 'late';
  status?: (typeof TICKET_STATUSES)[number];
  requestType?: (typeof REQUEST_TYPES)[number];
  urgency?: (typeof URGENCIES)[number];
  unitCode?: string;
  divisionCode?: string;
  from?: string; // yyyy-MM-dd
  to?: string;
  sort?: (typeof TICKET_SORTS)[number];
  cursor?: string;
}

export function readTicketQuery(query: Request['query']): TicketListQuery {
  const one = <T extends string>(name: string, allowed: readonly T[]) => allowed.find((value) => value === query[name]);
  const text = (name: string, pattern: RegExp, max = MAX_WORDS) => {
    const value = query[name];
    return typeof value === 'string' && pattern.test(value.trim()) ? value.trim().slice(0, max) : undefined;
  };
  return {
    words: text('words', /\S/),
    state: one('state', ['open', 'closed', 'late']),
    status: one('status', TICKET_STATUSES),
    requestType: one('requestType', REQUEST_TYPES),
    urgency: one('urgency', URGENCIES),
    unitCode: text('unitCode', /^[a-z0-9-]+$/),
    divisionCode: one(
      'divisionCode',
      DIVISIONS.map(({ code }) => code),
    ),
    from: text('from', /^\d{4}-\d{2}-\d{2}$/),
    to: text('to', /^\d{4}-\d{2}-\d{2}$/),
    sort: one('sort', TICKET_SORTS),
    cursor: text('cursor', /\S/, 400),
  };
}

/** What the use case is asked; the scope is its own business. */
export function searchInput(query: TicketListQuery, now: number): Omit<TicketQuery, 'scope' | 'limit'> {
  const from = query.from === undefined ? null : readLocalTime(query.from);
  const to = query.to === undefined ? null : readLocalTime(query.to);
  return {
    words: query.words,
    status: query.status ? [query.status] : undefined,
    open: query.state === 'open' ? true : query.state === 'closed' ? false : undefined,
    overdueAt: query.state === 'late' ? now : undefined,
    requestType: query.requestType,
    urgency: query.urgency,
    unitCode: query.unitCode,
    divisionCode: query.divisionCode,
    createdFrom: from ?? undefined,
    createdTo: to === null ? undefined : to + DAY_MS - 1,
    sort: query.sort,
    cursor: query.cursor,
  };
}

export function ticketQueryText(query: TicketListQuery, changes: Record<string, string | undefined> = {}): string {
  const entries = Object.entries({ ...query, cursor: undefined, ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  const text = new URLSearchParams(entries as [string, string][]).toString();
  return text === '' ? '' : `?${text}`;
}
