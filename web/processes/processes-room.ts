import { Router } from 'express';
import type { Room } from '../room.ts';
import { diagramRoutes } from './diagram-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { editorRoutes } from './editor-routes.ts';
import { listRoutes } from './list-routes.ts';
import { requireProcessReader } from './process-access.ts';

/** The workbench: what runs, its drawing with live numbers, and the editors. */
export const processesRoom: Room = {
  path: '/processes',
  doors: [
    {
      href: '/processes',
      icon: 'sitemap',
      titleKey: 'workbench.title',
      section: 'process',
      roles: ['designer', 'admin', 'director', 'supervisor', 'dispatcher'],
      order: 10,
    },
  ],
  router(context) {
    const router = Router();
    router.use(requireProcessReader);
    listRoutes(router, context);
    diagramRoutes(router, context);
    editorRoutes(router, context);
    draftRoutes(router, context);
    return router;
  },
};
