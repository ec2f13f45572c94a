import type { DemoTicket } from './demo-ticket.ts';
import { livelihoodTickets } from './livelihood-tickets.ts';
import { serviceTickets } from './service-tickets.ts';

/** The twenty samples; those whose own process is still to come take the ordinary path. */
export const demoTickets: DemoTicket[] = [...livelihoodTickets, ...serviceTickets];
