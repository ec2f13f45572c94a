import { Router, type Request } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import { countTasks, listTasks } from '../../domain/task/list-tasks.ts';
import { searchTickets } from '../../domain/ticket/search-tickets.ts';
import type { Room, RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { taskRowView } from '../tasks/task-rows.ts';
import { ticketRowView } from '../tickets/ticket-row.ts';
import { unitNames } from '../view/unit-names.ts';

const ROWS = 8;
const QUEUES = ['mine', 'overdue', 'today', 'waiting', 'done'] as const;

/** `/`: my work. What is to be done soonest, what is late, and the doors of those who hold no tasks. */
export const homeRoom: Room = {
  path: '/',
  doors: [{ href: '/', icon: 'home', titleKey: 'navigation.home', section: 'work', roles: 'any', order: 0 }],
  router: (context) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const [work, late] = await Promise.all([ownWork(context, req), lateTickets(context, req)]);
      const { displayName } = requireActor(req);
      context.page(req, res, 'home/home', {
        title: req.t('navigation.home'),
        displayName,
        ...work,
        late,
        scripts: ['home'],
      });
    });
    return router;
  },
};

async function ownWork({ app }: RoomContext, req: Request) {
  const actor = requireActor(req);
  if (!mayDo(actor, 'listTasks')) return { tiles: [], rows: [], holdsTasks: false };
  const { t, locale } = req;
  const now = app.clock.now();
  const [counts, found, unitName] = await Promise.all([
    countTasks(app, actor),
    listTasks(app, actor, { queue: 'mine', limit: ROWS }),
    unitNames(app.stores, locale),
  ]);
  return {
    holdsTasks: true,
    tiles: QUEUES.map((queue) => ({
      title: t(`tasks.queue.${queue}`),
      href: `/tasks?queue=${queue}`,
      queue,
      count: counts[queue],
      late: queue === 'overdue' && counts[queue] > 0,
    })),
    rows: found.items.map((row) => taskRowView(row, { queue: 'mine' }, actor.accountId, now, t, unitName)),
  };
}

/** Tickets that are late, for those who answer for more than their own tasks. */
async function lateTickets({ app }: RoomContext, req: Request) {
  const actor = requireActor(req);
  if (!mayDo(actor, 'searchTickets')) return null;
  const now = app.clock.now();
  const [found, unitName] = await Promise.all([
    searchTickets(app, actor, { open: true, overdueAt: now, sort: 'dueAt', limit: ROWS }),
    unitNames(app.stores, req.locale),
  ]);
  const rows = found.items.map((row) => {
    const view = ticketRowView(row, now, req.t, req.locale, unitName);
    // Not its completion but a step before it: signing, the first contact, the callback.
    const left =
      view.left.state === 'late' ? view.left : { ...view.left, state: 'late' as const, words: req.t('home.stepLate') };
    return { ...view, left };
  });
  return { total: found.total, rows };
}
