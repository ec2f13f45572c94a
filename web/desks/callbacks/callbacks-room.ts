import { Router, type Request } from 'express';
import { contactPolicy } from '../../../domain/contact/contact-policy.ts';
import { listTasks } from '../../../domain/task/list-tasks.ts';
import { viewTask } from '../../../domain/task/view-task.ts';
import { NotFound } from '../../../domain/errors/not-found.ts';
import { revealCaller } from '../../../domain/ticket/reveal-caller.ts';
import type { Room, RoomContext } from '../../room.ts';
import { requireRole } from '../../shell/viewer.ts';
import { paneView } from '../../tasks/pane-view.ts';
import { readListQuery } from '../../tasks/task-query.ts';
import { timeLeft } from '../../view/time-words.ts';
import { unitNames } from '../../view/unit-names.ts';
import { shippedName } from '../../i18n/messages.ts';

const elementId = 'callBack';
const pageSize = 100;

/** 回访: the next person to call, the number for this call only, the four questions, tries left. */
export const callbacksRoom: Room = {
  path: '/callbacks',
  doors: [
    {
      href: '/callbacks',
      icon: 'phone-check',
      titleKey: 'callbacks.title',
      section: 'work',
      roles: ['callback'],
      order: 30,
    },
  ],
  router(context) {
    const router = Router();
    router.get('/', (req, res) =>
      desk(context, req).then((data) => context.page(req, res, 'desks/views/callbacks', data)),
    );

    router.post('/:taskKey/number', async (req, res) => {
      const actor = requireRole(req, 'callback');
      const { task } = await viewTask(context.app, actor, req.params.taskKey);
      if (task.ticketNo === null || task.elementId !== elementId) throw new NotFound('task', req.params.taskKey);
      const caller = await revealCaller(context.app, actor, {
        ticketNo: task.ticketNo,
        reason: req.t('callbacks.revealReason', { task: shippedName(task.name, req.t) }),
        purpose: 'CALLBACK',
        remoteAddress: req.ip,
      });
      context.fragment(req, res, 'desks/views/callback-number', { name: caller.name, phone: caller.phone });
    });
    return router;
  },
};

async function desk(context: RoomContext, req: Request) {
  const { app } = context;
  const actor = requireRole(req, 'callback');
  const now = app.clock.now();
  const { items, total } = await listTasks(app, actor, { queue: 'mine', elementId, sort: 'dueAt', limit: pageSize });
  const unitName = await unitNames(app.stores, req.locale);
  const tries = await contactPolicy(app.stores, 'callback.tries');
  const rows = await Promise.all(
    items.map(async (task) => {
      const calls = task.ticketNo === null ? [] : await app.stores.callbacks.ofTicket(task.ticketNo);
      const missed = calls.filter(({ reached, assignmentNo }) => !reached && assignmentNo === task.assignmentNo).length;
      return {
        taskKey: task.taskKey,
        title: task.ticket?.title ?? shippedName(task.name, req.t),
        ticketNo: task.ticketNo,
        unit: unitName(task.ticket?.hostUnitCode ?? null),
        triesLeft: Math.max(0, tries - missed),
        left: timeLeft({ startAt: task.createdAt, dueAt: task.dueAt }, now, req.t),
      };
    }),
  );
  const wanted = typeof req.query['task'] === 'string' ? req.query['task'] : rows[0]?.taskKey;
  const open = rows.find(({ taskKey }) => taskKey === wanted);
  return {
    title: req.t('callbacks.title'),
    layout: 'wide' as const,
    scripts: ['tasks'],
    rows: rows.map((row) => ({ ...row, on: row === open })),
    total,
    open,
    pane: open ? await paneView(context, req, open.taskKey, readListQuery({ queue: 'mine', elementId })) : null,
  };
}
