import { Router, type Request } from 'express';
import { z } from 'zod';
import { mayDo } from '../../../domain/access/access.ts';
import { adjustDeadline } from '../../../domain/deadline/adjust-deadline.ts';
import { explainLimit } from '../../../domain/deadline/explain-limit.ts';
import { listDeadlines } from '../../../domain/deadline/list-deadlines.ts';
import { LIMIT_STEPS } from '../../../domain/deadline/limit.ts';
import { NotFound } from '../../../domain/errors/not-found.ts';
import { checkInput } from '../../http/check-input.ts';
import type { Room, RoomContext } from '../../room.ts';
import { requireActor } from '../../shell/viewer.ts';
import { limitLines } from '../../tickets/limit-words.ts';
import { accountNames } from '../../view/account-names.ts';
import { fromLocalInput } from '../../view/shanghai.ts';
import { timeLeft } from '../../view/time-words.ts';
import { unitNames } from '../../view/unit-names.ts';
import { unitOptions } from '../unit-options.ts';

const pageSize = 50;
const DECIDED_BY = { EXTENSION: 'command-centre', SUSPENSION: 'centre-director' } as const;
const filters = z.object({
  step: z.enum(LIMIT_STEPS).optional().catch(undefined),
  unitCode: z.string().max(60).optional(),
  overdue: z.literal('1').optional().catch(undefined),
  words: z.string().trim().max(60).optional(),
  cursor: z.string().max(1000).optional(),
});
const adjustment = z.object({
  dueAt: z.string(),
  reason: z.string(),
  ticketNo: z.string(),
  expectedVersion: z.coerce.number().int().optional(),
});

/** 时限管理: every running limit, why it is due when it is, and moving it. */
export const deadlinesRoom: Room = {
  path: '/deadlines',
  doors: [
    {
      href: '/deadlines',
      icon: 'alarm',
      titleKey: 'deadlines.title',
      section: 'oversight',
      roles: ['admin', 'director', 'supervisor', 'dispatcher'],
      order: 10,
    },
  ],
  router(context) {
    const router = Router();
    router.get('/', (req, res) =>
      list(context, req).then((data) => context.page(req, res, 'desks/views/deadlines', data)),
    );

    router.get('/:limitId/why', async (req, res) => {
      await listDeadlines(context.app, requireActor(req), { limit: 1 });
      const limit = await context.app.stores.limits.find(req.params.limitId);
      if (!limit) throw new NotFound('limit', req.params.limitId);
      const explained = await explainLimit(context.app.stores, limit, context.app.clock.now());
      const nameOf = await accountNames(
        context.app.stores,
        explained.steps.map(({ fact }) => fact.actorId),
        req.t,
      );
      context.fragment(req, res, 'desks/views/limit-why', { lines: limitLines(explained, req.t, nameOf) });
    });

    router.post('/:limitId/adjust', async (req, res) => {
      const actor = requireActor(req);
      const { dueAt, ...change } = checkInput(adjustment, req.body);
      await adjustDeadline(context.app, actor, {
        ...change,
        limitId: req.params.limitId,
        dueAt: fromLocalInput(dueAt) ?? NaN,
      });
      res.redirect(
        303,
        req.get('referer')?.includes('/tickets/') ? `/tickets/${change.ticketNo}` : '/deadlines?moved=1',
      );
    });
    return router;
  },
};

async function list({ app }: RoomContext, req: Request) {
  const actor = requireActor(req);
  const { overdue, ...query } = checkInput(filters, req.query);
  const { limits, asked } = await listDeadlines(app, actor, { ...query, overdue: overdue === '1', limit: pageSize });
  const unitName = await unitNames(app.stores, req.locale);
  const now = app.clock.now();
  const next = new URLSearchParams({ ...(req.query as Record<string, string>), cursor: limits.nextCursor ?? '' });
  return {
    title: req.t('deadlines.title'),
    layout: 'wide' as const,
    rows: limits.items.map((row) => ({
      ...row,
      left: timeLeft(row, now, req.t),
      unit: unitName(row.unitCode),
    })),
    total: limits.total,
    nextHref: limits.nextCursor === null ? null : `/deadlines?${next.toString()}`,
    asked: asked?.map((request) => ({ ...request, mayDecide: actor.groups.includes(DECIDED_BY[request.kind]) })),
    // An admin owns the limits without being shown the tickets.
    mayView: mayDo(actor, 'searchTickets'),
    steps: LIMIT_STEPS.map((value) => ({ value, on: value === query.step })),
    units: await unitOptions(app.stores, req.locale, query.unitCode),
    query: { ...query, overdue: overdue === '1' },
    mayAdjust: actor.roles.some((role) => role === 'admin' || role === 'director'),
    moved: req.query['moved'] === '1',
  };
}
