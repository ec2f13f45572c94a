import { Router } from 'express';
import type { Door, Room } from '../../room.ts';
import { adminOf } from './admin-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import { limitRoutes } from './limit-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { unitRoutes } from './unit-routes.ts';

const door = (href: string, icon: string, titleKey: string, order: number): Door => ({
  href,
  icon,
  titleKey,
  section: 'admin',
  roles: ['admin'],
  order,
});

/** What an admin owns: people, units, calendar, limits, the dispatch catalogue; and what was done and what got stuck. */
export const adminRoom: Room = {
  path: '/admin',
  doors: [
    door('/admin/accounts', 'users', 'admin.accounts', 10),
    door('/admin/units', 'building', 'admin.units', 20),
    door('/admin/calendar', 'calendar', 'admin.calendar', 30),
    door('/admin/limits', 'ruler-2', 'admin.limits', 40),
    door('/admin/catalogue', 'list-tree', 'admin.catalogue', 50),
    door('/admin/outbox', 'send', 'admin.outbox', 60),
    door('/admin/audit', 'history', 'admin.audit', 70),
  ],
  router(context) {
    const router = Router();
    router.use((req, _res, next) => {
      adminOf(req);
      next();
    });
    router.get('/', (_req, res) => res.redirect(303, '/admin/accounts'));
    for (const routes of [accountRoutes, unitRoutes, calendarRoutes, limitRoutes, catalogueRoutes, recordRoutes]) {
      routes(router, context);
    }
    return router;
  },
};
