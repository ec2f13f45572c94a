import { Router } from 'express';
import type { Room } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { readableParameters } from '../view/message-parameters.ts';
import { unitNames } from '../view/unit-names.ts';

const SHOWN = 30;

/** The bell: reminders, urges and messages to me and my groups, newest first. */
export const notificationsRoom: Room = {
  path: '/notifications',
  router: ({ app, fragment }) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const actor = requireActor(req);
      const notifications = await app.stores.notifications.ofAccount(actor.accountId, actor.groups, SHOWN);
      const names = { locale: req.locale, unitName: await unitNames(app.stores, req.locale) };
      const words = notifications.map((notification) => ({
        ...notification,
        words: req.t(`notification.${notification.type}`, readableParameters(notification.data, req.t, names)),
      }));
      fragment(req, res, 'home/notifications', { notifications: words });
    });
    return router;
  },
};
