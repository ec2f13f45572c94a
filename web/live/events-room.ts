import { Router, type Request } from 'express';
import type { Actor } from '../../domain/account/actor.ts';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import { withoutProlonging } from '../http/without-prolonging.ts';
import type { Room, RoomContext } from '../room.ts';
import { clockWords } from '../shell/clock-words.ts';
import { requireActor } from '../shell/viewer.ts';
import type { Change } from './live-changes.ts';

const HEARTBEAT_MS = 25_000;
/** Then the browser connects anew, and a session that is over ends the stream. */
const STREAM_MS = 15 * 60_000;

/** Server-sent events: that something changed for this reader, never what: pages ask for that. With them the clock's words. */
export const eventsRoom: Room = {
  path: '/events',
  router: (context) => {
    const router = Router();
    router.get('/', withoutProlonging, async (req, res) => {
      const actor = requireActor(req);
      const { ticket } = req.query;
      // Whoever may not know of a ticket is not told when it changes either.
      const ticketNo =
        typeof ticket === 'string' ? (await viewTicket(context.app, actor, ticket)).ticket.ticketNo : null;
      // Whoever left in the meantime has said so already: nothing would ever end their timers.
      if (res.destroyed) return;
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const send = (event: string, data: unknown, id = '') =>
        res.write(`${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      res.write('retry: 3000\n\n');
      const stopListening = context.live.listen((change) => {
        if (!concerns(change, actor, ticketNo)) return;
        const own = change.accountId === actor.accountId;
        send(change.kind, { subject: change.subject, own }, `id: ${change.changeId}\n`);
      });
      const beat = () => {
        still(context, req, actor).then(
          (state) => send('still', state),
          (error: unknown) => context.log.warn({ err: error }, 'a live page could not be kept up to date'),
        );
      };
      beat();
      const heartbeat = setInterval(beat, HEARTBEAT_MS);
      const end = setTimeout(() => res.end(), STREAM_MS);
      res.on('close', () => {
        clearInterval(heartbeat);
        clearTimeout(end);
        stopListening();
      });
    });
    return router;
  },
};

function concerns({ kind, subject, accountId, groups }: Change, actor: Actor, ticketNo: string | null): boolean {
  if (kind === 'CLOCK' || (kind === 'TICKET' && subject === ticketNo)) return true;
  return accountId === actor.accountId || groups.some((group) => actor.groups.includes(group));
}

/** The clock in the top bar, and when the newest notification came. */
async function still({ app }: RoomContext, req: Request, actor: Actor) {
  const calendar = await app.stores.calendar.load();
  const [newest] = await app.stores.notifications.ofAccount(actor.accountId, actor.groups, 1);
  return { clock: clockWords(app.clock.now(), calendar, req.t), notifiedAt: newest?.at ?? 0 };
}
