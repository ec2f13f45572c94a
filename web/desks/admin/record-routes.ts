import { retryFailedMessage } from '../../../domain/outbox/retry-failed-message.ts';
import { accountNames } from '../../view/account-names.ts';
import { adminOf, type AdminRoutes } from './admin-routes.ts';

const shown = 100;

/** What was done, and what could not be said to the engine. */
export const recordRoutes: AdminRoutes = (router, context) => {
  const { app } = context;

  router.get('/outbox', async (req, res) => {
    context.page(req, res, 'desks/views/admin-outbox', {
      title: req.t('admin.outbox'),
      layout: 'wide',
      waiting: await app.stores.outbox.waiting(),
      failed: await app.stores.outbox.failed(shown),
    });
  });

  router.post('/outbox/:outboxId/retry', async (req, res) => {
    await retryFailedMessage(app, adminOf(req), { outboxId: Number(req.params.outboxId) });
    res.redirect(303, '/admin/outbox');
  });

  router.get('/audit', async (req, res) => {
    adminOf(req);
    const text = (name: string) =>
      typeof req.query[name] === 'string' && req.query[name] !== '' ? req.query[name] : undefined;
    const page = await app.stores.audit.list({
      limit: shown,
      cursor: text('cursor'),
      subject: text('subject'),
      actorId: text('actorId'),
    });
    const nameOf = await accountNames(
      app.stores,
      page.items.map(({ actorId }) => actorId),
      req.t,
    );
    const next = new URLSearchParams({ ...(req.query as Record<string, string>), cursor: page.nextCursor ?? '' });
    context.page(req, res, 'desks/views/admin-audit', {
      title: req.t('admin.audit'),
      layout: 'wide',
      entries: page.items.map((entry) => ({
        ...entry,
        actor: nameOf(entry.actorId),
        details: Object.keys(entry.data).length === 0 ? null : JSON.stringify(entry.data),
      })),
      nextHref: page.nextCursor === null ? null : `/admin/audit?${next.toString()}`,
      query: { subject: text('subject'), actorId: text('actorId') },
    });
  });
};
