import { Router } from 'express';
import { CASE_ROLES } from '../../domain/account/account.ts';
import type { Room } from '../room.ts';
import { exportRoutes } from './export-routes.ts';
import { listRoutes } from './list-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';

/** /tickets and /tickets/{ticketNo}. */
export const ticketsRoom: Room = {
  path: '/tickets',
  doors: [
    {
      href: '/tickets',
      icon: 'ticket',
      titleKey: 'navigation.tickets',
      section: 'work',
      roles: CASE_ROLES,
      order: 30,
    },
  ],
  router: (context) => {
    const router = Router();
    // Before the ticket's own addresses, of which `/export` and `/rows` would be one.
    exportRoutes(router, context);
    listRoutes(router, context);
    ticketRoutes(router, context);
    return router;
  },
};
