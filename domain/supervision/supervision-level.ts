import type { Stores } from '../ports/stores.ts';
import { loadTicket } from '../ticket/move-ticket.ts';
import { isOpen } from '../deadline/open-limits.ts';

/** L1 urged, L2 ordered: a ticket shows the highest that is in force. */
export async function raiseSupervision(stores: Stores, ticketNo: string, level: 1 | 2): Promise<void> {
  const ticket = await loadTicket(stores, ticketNo);
  if (ticket.supervisionLevel < level) {
    await stores.tickets.update(ticketNo, ticket.version, { supervisionLevel: level });
  }
}

/** What is left in force once an order is closed: another order, an urge about a limit that still runs, or nothing. */
export async function settleSupervision(stores: Stores, ticketNo: string): Promise<void> {
  const ticket = await loadTicket(stores, ticketNo);
  const orders = await stores.supervisionOrders.ofTicket(ticketNo);
  const limits = await stores.limits.ofTicket(ticketNo);
  const urged = limits.some((limit) => isOpen(limit) && limit.urgedAt !== null);
  const level = orders.some((order) => order.verdict !== 'ACCEPTED') ? 2 : urged ? 1 : 0;
  if (ticket.supervisionLevel !== level) {
    await stores.tickets.update(ticketNo, ticket.version, { supervisionLevel: level });
  }
}
