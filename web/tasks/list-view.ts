import type { Request } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import type { TaskQueue } from '../../domain/ports/queries.ts';
import { countTasks, listTasks } from '../../domain/task/list-tasks.ts';
import { URGENCIES } from '../../domain/ticket/ticket.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { unitNames } from '../view/unit-names.ts';
import { taskRowView } from './task-rows.ts';
import { FLAGS, type ListQuery, queryText, SORTS } from './task-query.ts';
import { shippedName } from '../i18n/messages.ts';

export const PAGE = 60;
const MINE: readonly TaskQueue[] = ['mine', 'overdue', 'today', 'waiting', 'done'];

/** The middle pane. */
export async function rowsView({ app }: RoomContext, req: Request, query: ListQuery) {
  const actor = requireActor(req);
  const found = await listTasks(app, actor, { ...query, limit: PAGE });
  const unitName = await unitNames(app.stores, req.locale);
  const now = app.clock.now();
  const shown = query.cursor ? null : found.items.length;
  return {
    rows: found.items.map((row) => taskRowView(row, query, actor.accountId, now, req.t, unitName)),
    more: found.nextCursor && `/tasks/rows${queryText(query, { cursor: found.nextCursor })}`,
    remaining: shown === null ? '' : found.total - shown,
    listQuery: queryText(query),
  };
}

/** The left pane and the filters. */
export async function frameView({ app }: RoomContext, req: Request, query: ListQuery) {
  const actor = requireActor(req);
  const { t } = req;
  const counts: Partial<Record<TaskQueue, number>> = await countTasks(app, actor);
  const queue = (name: TaskQueue) => ({
    queue: name,
    title: t(`tasks.queue.${name}`),
    href: `/tasks?queue=${name}`,
    on: query.queue === name,
    late: name === 'overdue' && (counts.overdue ?? 0) > 0,
    count: counts[name] ?? '',
  });
  const holdsTasks = mayDo(actor, 'listTasks');
  const others: TaskQueue[] = [
    ...(holdsTasks ? (['group'] as const) : []),
    ...(mayDo(actor, 'viewAllTasks') ? (['all'] as const) : []),
  ];
  const list = (values: readonly string[], chosen: string | undefined, words: (value: string) => string) =>
    values.map((value) => ({ value, words: words(value), on: value === chosen }));
  const filtered = Boolean(query.words ?? query.urgency ?? query.flag ?? query.elementId);
  const emptyKey = filtered ? 'filtered' : query.queue === 'mine' ? 'mine' : 'other';
  return {
    queueGroups: [
      ...(holdsTasks ? [{ title: t('tasks.group.mine'), queues: MINE.map(queue) }] : []),
      { title: t('tasks.group.others'), queues: others.map(queue) },
    ],
    queueTitle: t(`tasks.queue.${query.queue}`),
    sorts: list(SORTS, query.sort ?? 'dueAt', (value) => t(`tasks.sort.${value}`)),
    urgencies: list(URGENCIES, query.urgency, (value) => t(`enum.Urgency.${value}`)),
    flags: list(FLAGS, query.flag, (value) => t(`tasks.flag.${value}`)),
    steps: await stepsOf(),
    hiddenFields: Object.entries(query)
      .filter(([name, value]) => value !== undefined && name !== 'cursor')
      .map(([name, value]) => ({ name, value })),
    query,
    filtered,
    emptyTitle: t(`tasks.empty.${emptyKey}`),
    emptyHint: t(`tasks.empty.${emptyKey}Hint`),
  };

  /** The steps that stand in the list now, so that the filter offers nothing that finds nothing. */
  async function stepsOf() {
    const { items } = await listTasks(app, actor, { queue: query.queue, limit: 200 });
    const names = new Map(items.map((row) => [row.elementId, shippedName(row.name, t)]));
    return list([...names.keys()], query.elementId, (elementId) => names.get(elementId) ?? elementId);
  }
}
