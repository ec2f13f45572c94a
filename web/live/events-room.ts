import { Router } from 'express';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import type { Room } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import type { Change } from './live-changes.ts';

const HEARTBEAT_MS = 25_000;

/** Server-sent events: what changed for this reader. It says that something changed, never what: pages ask for that. */
export const eventsRoom: Room = {
  path: '/events',
  router: ({ app, live }) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const actor = requireActor(req);
      const { ticket } = req.query;
      // Whoever may not know of a ticket is not told when it changes either.
      const ticketNo = typeof ticket === 'string' ? (await viewTicket(app, actor, ticket)).ticket.ticketNo : null;
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      res.write('retry: 3000\n\n');
      const mine = new Set(actor.groups);
      const concerns = (change: Change) =>
        change.kind === 'CLOCK' ||
        (change.kind === 'TICKET' && change.subject === ticketNo) ||
        change.accountId === actor.accountId ||
        change.groups.some((group) => mine.has(group));
      const stop = live.listen((change) => {
        if (!concerns(change)) return;
        const own = change.accountId === actor.accountId;
        res.write(
          `id: ${change.changeId}\nevent: ${change.kind}\ndata: ${JSON.stringify({ subject: change.subject, own })}\n\n`,
        );
      });
      const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS);
      req.on('close', () => {
        clearInterval(heartbeat);
        stop();
      });
    });
    return router;
  },
};
