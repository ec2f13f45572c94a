import { Router, type Request } from 'express';
import { z } from 'zod';
import { listSupervision } from '../../../domain/supervision/list-supervision.ts';
import { urgeByHand } from '../../../domain/supervision/urge-by-hand.ts';
import { checkInput } from '../../http/check-input.ts';
import type { Room, RoomContext } from '../../room.ts';
import { requireActor } from '../../shell/viewer.ts';
import { timeLeft } from '../../view/time-words.ts';
import { unitNames } from '../../view/unit-names.ts';
import { unitOptions } from '../unit-options.ts';

const pageSize = 50;
const states = ['OPEN', 'REPLIED', 'CLOSED', 'ALL'] as const;
const filters = z.object({
  state: z.enum(states).default('OPEN').catch('OPEN'),
  unitCode: z.string().max(60).optional(),
  cursor: z.string().max(1000).optional(),
});
const urging = z.object({ ticketNo: z.string(), note: z.string() });

/** 督办: orders by state, and the limits that are over and come next. */
export const supervisionRoom: Room = {
  path: '/supervision',
  doors: [
    {
      href: '/supervision',
      icon: 'flag',
      titleKey: 'supervision.title',
      section: 'oversight',
      roles: ['supervisor', 'director', 'dispatcher'],
      order: 20,
    },
  ],
  router(context) {
    const router = Router();
    router.get('/', (req, res) =>
      list(context, req).then((data) => context.page(req, res, 'desks/views/supervision', data)),
    );
    router.post('/urge', async (req, res) => {
      await urgeByHand(context.app, requireActor(req), checkInput(urging, req.body));
      res.redirect(303, '/supervision?urged=1');
    });
    return router;
  },
};

async function list({ app }: RoomContext, req: Request) {
  const actor = requireActor(req);
  const query = checkInput(filters, req.query);
  const { orders, overdue } = await listSupervision(app, actor, { ...query, limit: pageSize });
  const unitName = await unitNames(app.stores, req.locale);
  const now = app.clock.now();
  const hrefOf = (changes: Record<string, string>) =>
    `/supervision?${new URLSearchParams({ ...(req.query as Record<string, string>), cursor: '', ...changes }).toString()}`;
  return {
    title: req.t('supervision.title'),
    layout: 'wide' as const,
    tabs: states.map((state) => ({ state, on: state === query.state, href: hrefOf({ state }) })),
    orders: orders.items.map((order) => ({
      ...order,
      unit: unitName(order.unitCode),
      left:
        order.verifiedAt === null && order.repliedAt === null
          ? timeLeft({ startAt: order.issuedAt, dueAt: order.replyDueAt }, now, req.t)
          : null,
    })),
    nextHref: orders.nextCursor === null ? null : hrefOf({ cursor: orders.nextCursor }),
    overdue: overdue.items.map((row) => ({
      ...row,
      unit: unitName(row.unitCode),
      left: timeLeft(row, now, req.t),
    })),
    overdueTotal: overdue.total,
    units: await unitOptions(app.stores, req.locale, query.unitCode),
    query,
    urged: req.query['urged'] === '1',
    mayUrge: actor.roles.some((role) => role === 'supervisor' || role === 'director'),
  };
}
