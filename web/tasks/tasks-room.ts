import { Router, type Request, type Response } from 'express';
import { CASE_ROLES } from '../../domain/account/account.ts';
import { claimTask, unclaimTask } from '../../domain/task/claim-task.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import { saveFormDraft } from '../../domain/task/form-drafts.ts';
import { countTasks, listTasks, nextTask } from '../../domain/task/list-tasks.ts';
import { viewTask } from '../../domain/task/view-task.ts';
import { Conflict } from '../../domain/errors/conflict.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import { withoutProlonging } from '../http/without-prolonging.ts';
import { describeError } from '../http/describe-error.ts';
import { readAnswers } from '../forms/read-answers.ts';
import type { Room, RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { frameView, rowsView } from './list-view.ts';
import { paneView, type Refusal, schemaOf } from './pane-view.ts';
import { queryText, readListQuery } from './task-query.ts';
import { shippedName } from '../i18n/messages.ts';

/** More than a page is announced as "news" only up to here. */
const STATE_LIMIT = 200;

/** /tasks: three panes, the state in the address. */
export const tasksRoom: Room = {
  path: '/tasks',
  doors: [
    {
      href: '/tasks',
      icon: 'checklist',
      titleKey: 'navigation.tasks',
      section: 'work',
      roles: [...CASE_ROLES, 'admin'],
      order: 10,
    },
  ],
  router: (context) => {
    const router = Router();
    readRoutes(router, context);
    writeRoutes(router, context);
    return router;
  },
};

function readRoutes(router: Router, context: RoomContext): void {
  const { app, fragment } = context;
  router.get('/', (req, res) =>
    showPage(context, req, res, typeof req.query['task'] === 'string' ? req.query['task'] : null),
  );

  router.get('/rows', async (req, res) => {
    fragment(req, res, 'tasks/rows', await rowsView(context, req, readListQuery(req.query, req.viewer)));
  });

  router.get('/state', withoutProlonging, async (req, res) => {
    const actor = requireActor(req);
    const query = readListQuery(req.query, req.viewer);
    const { items } = await listTasks(app, actor, { ...query, cursor: undefined, limit: STATE_LIMIT });
    res.json({ counts: await countTasks(app, actor), keys: items.map(({ taskKey }) => taskKey) });
  });

  router.get('/:taskKey/pane', async (req, res) => {
    fragment(
      req,
      res,
      'tasks/pane',
      await paneView(context, req, req.params.taskKey, readListQuery(req.query, req.viewer)),
    );
  });
}

function writeRoutes(router: Router, context: RoomContext): void {
  const { app } = context;
  router.put('/:taskKey/draft', async (req, res) => {
    const data = (req.body ?? {}) as Record<string, unknown>;
    const { savedAt } = await saveFormDraft(app, requireActor(req), { draftKey: `task:${req.params.taskKey}`, data });
    res.json({ savedAt });
  });

  for (const [name, act] of [
    ['claim', claimTask],
    ['unclaim', unclaimTask],
  ] as const) {
    router.post(`/:taskKey/${name}`, async (req, res) => {
      await act(app, requireActor(req), { taskKey: String(req.params.taskKey) });
      await answer(context, req, res, String(req.params.taskKey));
    });
  }

  router.post('/:taskKey/complete', async (req, res) => {
    const actor = requireActor(req);
    const { taskKey } = req.params;
    const answers = readAnswers(await schemaOf(context, actor, taskKey), (req.body ?? {}) as Record<string, unknown>);
    const { task, ticket } = await viewTask(app, actor, taskKey);
    try {
      const expectedVersion = Number((req.body as Record<string, unknown>)['expectedVersion']) || null;
      await completeTask(app, actor, { taskKey, answers, expectedVersion });
    } catch (error) {
      const isSecondClick =
        error instanceof Conflict && (await app.stores.tasks.find(taskKey))?.completedBy === actor.accountId;
      if (!isSecondClick) {
        await refuse(context, req, res, taskKey, answers, error);
        return;
      }
    }
    const next = await nextTask(app, actor, taskKey);
    const words = req.t('tasks.completedToast', {
      step: shippedName(task.name, req.t),
      title: ticket?.ticket.title ?? shippedName(task.name, req.t),
    });
    res.setHeader('hx-trigger', JSON.stringify({ 'task-done': { taskKey, words: encodeURIComponent(words) } }));
    await answer(context, req, res, next?.taskKey ?? null);
  });
}

/** After a write: htmx gets the pane and the new address, a plain form is sent to the page. */
async function answer(context: RoomContext, req: Request, res: Response, taskKey: string | null): Promise<void> {
  const query = readListQuery(req.query, req.viewer);
  const address = `/tasks${queryText(query, { task: taskKey ?? undefined })}`;
  if (!req.headers['hx-request']) {
    res.redirect(303, address);
    return;
  }
  res.setHeader('hx-push-url', address);
  if (taskKey === null) context.fragment(req, res, 'tasks/all-done', {});
  else context.fragment(req, res, 'tasks/pane', await paneView(context, req, taskKey, query));
}

/** The form comes back with what was typed, and says at the fields, or above them, what stands in the way. */
async function refuse(
  context: RoomContext,
  req: Request,
  res: Response,
  taskKey: string,
  typed: Record<string, unknown>,
  error: unknown,
): Promise<void> {
  const isOurs = error instanceof InvalidInput || error instanceof Conflict || error instanceof NotAllowed;
  if (!isOurs) throw error;
  const { status, detail, problems } = describeError(error, req.t);
  const refusal: Refusal = error instanceof InvalidInput ? { typed, problems } : { typed, conflict: detail };
  if (req.headers['hx-request']) {
    res.status(422);
    context.fragment(
      req,
      res,
      'tasks/pane',
      await paneView(context, req, taskKey, readListQuery(req.query, req.viewer), refusal),
    );
    return;
  }
  res.status(status);
  await showPage(context, req, res, taskKey, refusal);
}

async function showPage(
  context: RoomContext,
  req: Request,
  res: Response,
  taskKey: string | null,
  refusal?: Refusal,
): Promise<void> {
  const query = { ...readListQuery(req.query, req.viewer), cursor: undefined };
  const pane = taskKey === null ? null : await paneView(context, req, taskKey, query, refusal);
  context.page(req, res, 'tasks/tasks', {
    title: pane ? pane.title : req.t('tasks.title'),
    layout: pane ? 'panes has-task' : 'panes',
    scripts: ['tasks'],
    openKey: taskKey,
    ...(await frameView(context, req, query)),
    ...(await rowsView(context, req, query)),
    pane,
  });
}
