import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import { isPhone, normalisePhone } from './check-ticket-input.ts';
import type { Ticket } from './ticket.ts';

const SHOWN = 20;

export type HistoryRow = Pick<
  Ticket,
  | 'ticketNo'
  | 'title'
  | 'status'
  | 'requestType'
  | 'categoryCode'
  | 'urgency'
  | 'hostUnitCode'
  | 'createdAt'
  | 'closedAt'
  | 'repeatCount'
  | 'satisfaction'
>;

/** What this number has told the city before, newest first; nothing for what is no whole number. @throws NotAllowed */
export async function callerHistory(app: App, actor: Actor, phone: string): Promise<HistoryRow[]> {
  demand(actor, 'callerHistory');
  if (!isPhone(phone)) return [];
  const rows: HistoryRow[] = [];
  for (const ticketNo of await app.stores.callers.ticketNosByPhone(normalisePhone(phone), SHOWN)) {
    const ticket = await app.stores.tickets.find(ticketNo);
    if (!ticket) continue;
    const {
      title,
      status,
      requestType,
      categoryCode,
      urgency,
      hostUnitCode,
      createdAt,
      closedAt,
      repeatCount,
      satisfaction,
    } = ticket;
    rows.push({
      ticketNo,
      title,
      status,
      requestType,
      categoryCode,
      urgency,
      hostUnitCode,
      createdAt,
      closedAt,
      repeatCount,
      satisfaction,
    });
  }
  return rows;
}
