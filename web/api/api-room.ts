import { Router, type Request, type RequestHandler } from 'express';
import { checkInput } from '../http/check-input.ts';
import type { Room, RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { withInstants, z, type ApiRoute } from './api-route.ts';
import { openapiDocument } from './openapi-document.ts';
import { processRoutes } from './process-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';

export const apiRoutes: readonly ApiRoute[] = [...ticketRoutes, ...taskRoutes, ...processRoutes];

const nothing = z.object({});

/** The way in for programs: JSON with a personal token, or the browser's session with a CSRF token. */
export const apiRoom: Room = {
  path: '/api',
  // every route asks for an actor itself; only the document is for everybody
  open: true,
  router(context) {
    const router = Router();
    const document = openapiDocument(apiRoutes);
    router.get('/openapi.json', (_req, res) => void res.json(document));
    for (const route of apiRoutes) {
      router[route.method](route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler(context, route));
    }
    return router;
  },
};

function handler(context: RoomContext, route: ApiRoute): RequestHandler {
  return async (req: Request, res) => {
    const actor = requireActor(req);
    const answer = await route.handle({
      context,
      actor,
      req,
      params: checkInput(route.params ?? nothing, req.params),
      query: checkInput(route.query ?? nothing.loose(), req.query),
      body: route.body ? checkInput(route.body, req.body ?? {}) : undefined,
    });
    res.status(route.status ?? 200).json(withInstants(answer));
  };
}
