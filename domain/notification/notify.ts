import { randomUUID } from 'node:crypto';
import type { JobContext } from '../ports/job-step.ts';
import type { Notification } from './notification.ts';

type Message = Pick<Notification, 'ticketNo' | 'type' | 'data'>;

/** To everybody of a candidate group, on their screens. `data` holds codes, numbers and instants only. */
export async function notifyGroup({ stores, now }: JobContext, group: string, message: Message): Promise<void> {
  await stores.notifications.insert({
    ...message,
    notificationId: randomUUID(),
    at: now,
    audience: 'GROUP',
    target: group,
    channel: 'IN_APP',
  });
  // The group's open pages hear of it at once.
  await stores.changes.append({ kind: 'TICKET', subject: message.ticketNo ?? '', groups: [group], accountId: null });
}

/** To the requester, as an SMS that waits for the city's gateway; the number stays in the caller table. */
export async function notifyRequester({ stores, now }: JobContext, message: Message): Promise<void> {
  await stores.notifications.insert({
    ...message,
    notificationId: randomUUID(),
    at: now,
    audience: 'REQUESTER',
    target: null,
    channel: 'SMS',
  });
}
