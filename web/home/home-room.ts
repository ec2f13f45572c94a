import { Router } from 'express';
import type { Room } from '../room.ts';

/** `/`: my work. */
export const homeRoom: Room = {
  path: '/',
  doors: [{ href: '/', icon: 'home', titleKey: 'navigation.home', section: 'work', roles: 'any', order: 0 }],
  router: ({ page }) => {
    const router = Router();
    router.get('/', (req, res) => {
      page(req, res, 'home/home', { title: req.t('navigation.home') });
    });
    return router;
  },
};
