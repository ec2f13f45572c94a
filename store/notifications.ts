import type { Notification } from '../domain/notification/notification.ts';
import type { NotificationStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const notificationShape: TableShape<Notification> = {
  name: 'notification',
  key: 'notificationId',
  columns: {
    notificationId: 'plain',
    ticketNo: 'plain',
    at: 'plain',
    audience: 'plain',
    target: 'plain',
    channel: 'plain',
    type: 'plain',
    data: 'json',
  },
};

export function notificationStore(database: Database): NotificationStore {
  const table = tableIn(database, notificationShape);
  const newestFirst = [
    { column: 'at', order: 'desc' },
    { column: 'notificationId', order: 'desc' },
  ];
  return {
    insert: table.insert,
    ofAccount: (accountId, groups, limit) =>
      table.list((query) =>
        query
          .where((mine) => {
            void mine.where({ audience: 'ACCOUNT', target: accountId });
            if (groups.length > 0)
              void mine.orWhere((group) => {
                void group.where({ audience: 'GROUP' }).whereIn('target', [...groups]);
              });
          })
          .orderBy(newestFirst)
          .limit(limit),
      ),
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(newestFirst)),
  };
}
