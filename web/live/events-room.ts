import { Router } from 'express';
import type { Room } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import type { Change } from './live-changes.ts';

const HEARTBEAT_MS = 25_000;

/** Server-sent events: what changed for this reader. It says that something changed, never what: pages ask for that. */
export const eventsRoom: Room = {
  path: '/events',
  router: ({ live }) => {
    const router = Router();
    router.get('/', (req, res) => {
      const actor = requireActor(req);
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      res.write('retry: 3000\n\n');
      const mine = new Set(actor.groups);
      const concerns = (change: Change) =>
        change.kind === 'CLOCK' ||
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
