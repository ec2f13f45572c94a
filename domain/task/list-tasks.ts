import { mayDo } from '../access/access.ts';
import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { DAY_MS, dayOf, startOfDay } from '../calendar/shanghai-time.ts';
import type { App } from '../ports/app.ts';
import type { Page } from '../ports/page.ts';
import type { TaskCounts, TaskQuery, TaskRow } from '../ports/queries.ts';

const MAX_PAGE = 200;

export type TaskListQuery = Omit<TaskQuery, 'accountId' | 'groups' | 'everything' | 'now' | 'endOfToday'>;

const personOf = (app: App, actor: Actor) => {
  const now = app.clock.now();
  return { accountId: actor.accountId, groups: actor.groups, now, endOfToday: startOfDay(dayOf(now)) + DAY_MS - 1 };
};

/** Tasks of the actor's queues; queue `all` shows everybody's to those who may. @throws NotAllowed */
export function listTasks(app: App, actor: Actor, query: TaskListQuery): Promise<Page<TaskRow>> {
  demand(actor, query.queue === 'all' ? 'viewAllTasks' : 'listTasks');
  const limit = Math.min(Math.max(1, query.limit), MAX_PAGE);
  return app.stores.tasks.search({ ...query, ...personOf(app, actor), limit, everything: query.queue === 'all' });
}

/** How many in each queue. Nobody has tasks without the right to list them: then all are zero. */
export async function countTasks(app: App, actor: Actor): Promise<TaskCounts> {
  if (!mayDo(actor, 'listTasks')) return { mine: 0, group: 0, overdue: 0, today: 0, waiting: 0, done: 0 };
  return app.stores.tasks.counts(personOf(app, actor));
}

/** What to open when a task is done: the next of the same ticket that is the actor's, else the most pressing of their own. */
export async function nextTask(app: App, actor: Actor, afterTaskKey: string | null): Promise<TaskRow | null> {
  demand(actor, 'listTasks');
  const page = await app.stores.tasks.search({ queue: 'mine', ...personOf(app, actor), limit: 50, everything: false });
  const open = page.items.filter(({ taskKey }) => taskKey !== afterTaskKey);
  const done = afterTaskKey === null ? undefined : await app.stores.tasks.find(afterTaskKey);
  return open.find(({ ticketNo }) => ticketNo !== null && ticketNo === done?.ticketNo) ?? open[0] ?? null;
}
