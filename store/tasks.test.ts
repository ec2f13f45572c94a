import test from 'ava';
import type { TaskQuery } from '../domain/ports/queries.ts';
import type { Task } from '../domain/task/task.ts';
import { databases } from './testing/databases.ts';
import { monday, sampleAssignment, sampleEvent, sampleLimit, sampleTask, sampleTicket } from './testing/samples.ts';

const now = monday + 3_600_000;
const endOfToday = monday + 50_000_000;
const zhao = { accountId: 'zhao', groups: ['unit-heating'], now, endOfToday };

for (const kind of databases) {
  const on = (title: string) => `${title} (${kind.name})`;
  const opening = kind.open();
  const stores = async () => (await opening).store.stores;
  test.after.always(async () => (await opening).drop());

  const find = async (query: Partial<TaskQuery>) => {
    const { tasks } = await stores();
    const page = await tasks.search({ ...zhao, queue: 'mine', everything: false, limit: 50, ...query });
    return page.items.map(({ taskKey }) => taskKey);
  };

  test.serial(on('a task comes back with every field, and is replaced by its key'), async (t) => {
    const { tasks } = await stores();
    const task = sampleTask('round-trip', null, { state: 'CANCELED' });
    await tasks.upsert(task);
    t.deepEqual(await tasks.find('round-trip'), task);
    const later: Task = { ...task, candidateGroups: [], assignee: 'qian', completedAt: now, completedBy: 'qian' };
    await tasks.upsert(later);
    t.deepEqual(await tasks.find('round-trip'), later);
    t.deepEqual(await tasks.openKeys(), []);
  });

  test.serial(on('each queue holds what belongs to it, and is counted so'), async (t) => {
    const { tasks, tickets, events } = await stores();
    for (const ticketNo of ['GD1', 'GD2']) await tickets.insert(sampleTicket(ticketNo));
    const put = (taskKey: string, changes: Partial<Task>) =>
      tasks.upsert(sampleTask(taskKey, 'GD1', { candidateGroups: ['unit-heating'], candidateUsers: [], ...changes }));
    await put('1-free-today', { dueAt: now + 1 });
    await put('2-mine-late', { dueAt: now - 1, assignee: 'zhao', candidateGroups: ['another'] });
    await put('3-taken-by-colleague', { assignee: 'qian' });
    await put('4-free-no-due', { dueAt: null });
    await put('5-of-others', { candidateGroups: ['another'] });
    await put('6-asked-of-me', { candidateGroups: ['another'], candidateUsers: ['zhao'], dueAt: endOfToday });
    await put('7-done', { state: 'COMPLETED', completedBy: 'zhao', completedAt: now });
    await put('8-done-just-now', { state: 'COMPLETING', completedBy: 'zhao', completedAt: now + 1, assignee: 'zhao' });
    await put('9-cancelled', { state: 'CANCELED' });
    await tasks.upsert(sampleTask('x-unrelated', 'GD2', { candidateGroups: ['another'], candidateUsers: [] }));
    await events.append(sampleEvent('GD1', { actorId: 'zhao' }));

    t.deepEqual(await find({}), ['2-mine-late', '1-free-today', '6-asked-of-me', '4-free-no-due']);
    t.deepEqual(await find({ queue: 'overdue' }), ['2-mine-late']);
    t.deepEqual(await find({ queue: 'today' }), ['1-free-today', '6-asked-of-me']);
    t.deepEqual(await find({ queue: 'group' }), [
      '1-free-today',
      '6-asked-of-me',
      '3-taken-by-colleague',
      '4-free-no-due',
    ]);
    t.deepEqual(await find({ queue: 'waiting' }), ['3-taken-by-colleague', '5-of-others']);
    t.deepEqual(await find({ queue: 'done' }), ['8-done-just-now', '7-done']);
    t.is((await find({ queue: 'all', everything: true })).length, 7);
    t.deepEqual(await find({ queue: 'all' }), await find({ queue: 'group' }));
    t.deepEqual(await tasks.counts(zhao), { mine: 4, overdue: 1, today: 2, group: 4, waiting: 2, done: 2 });
    const stranger = { ...zhao, accountId: 'nobody', groups: [] };
    t.deepEqual(await tasks.counts(stranger), { mine: 0, overdue: 0, today: 0, group: 0, waiting: 0, done: 0 });
    t.is((await tasks.openOfTicket('GD1')).length, 7);
    t.is((await tasks.ofTicket('GD1')).length, 9);
    t.is((await tasks.openKeys()).length, 8);
  });

  test.serial(on('a claimed, re-assigned or finished task moves to the right queue at once'), async (t) => {
    const { tasks } = await stores();
    await tasks.update('1-free-today', { assignee: 'qian' });
    t.false((await find({})).includes('1-free-today'));
    await tasks.update('1-free-today', { assignee: null, candidateGroups: ['unit-gas'] });
    t.false((await find({})).includes('1-free-today'));
    t.deepEqual(await find({ groups: ['unit-gas'], accountId: 'sun', queue: 'group' }), ['1-free-today']);
    await tasks.update('1-free-today', { state: 'COMPLETED', completedBy: 'sun', completedAt: now });
    t.deepEqual(await find({ groups: ['unit-gas'], accountId: 'sun', queue: 'group' }), []);
    t.deepEqual(await find({ accountId: 'sun', queue: 'done' }), ['1-free-today']);
  });

  test.serial(on('a row shows its ticket and limit; words, unit, flag and urgency narrow the list'), async (t) => {
    const { tasks, tickets, assignments, limits } = await stores();
    await tickets.insert(
      sampleTicket('GD3', {
        title: '井坪镇停水两天',
        content: '停水',
        urgency: 'NORMAL',
        hostUnitCode: 'water',
        repeatCount: 0,
      }),
    );
    await assignments.insert(sampleAssignment('GD3', { unitCode: 'health', role: 'CO_HOST' }));
    const limit = sampleLimit('GD3', { pausedAt: monday + 5, dueAt: null });
    await limits.insert(limit);
    const mine = { assignee: 'zhao', priority: 80, limitId: limit.limitId };
    await tasks.upsert(sampleTask('g3', 'GD3', { ...mine, assignmentNo: 'GD3-01', dueAt: null }));
    await tasks.upsert(
      sampleTask('g0', null, { ...mine, limitId: null, processId: 'drill', elementId: 'report', dueAt: 5 }),
    );

    const { items } = await tasks.search({ ...zhao, queue: 'mine', everything: false, limit: 50, words: '停水' });
    t.is(items.length, 1);
    const ticket = sampleTicket('GD3', {
      title: '井坪镇停水两天',
      hostUnitCode: 'water',
      urgency: 'NORMAL',
      repeatCount: 0,
    });
    t.like(items[0]!.ticket, {
      title: ticket.title,
      status: ticket.status,
      urgency: 'NORMAL',
      privacy: 'CONFIDENTIAL',
      hostUnitCode: 'water',
      version: 1,
    });
    t.deepEqual([items[0]!.limitStartAt, items[0]!.limitPausedAt], [monday, monday + 5]);
    const { ticket: _shown, limitStartAt, limitPausedAt, ...task } = items[0]!;
    t.deepEqual(task, await tasks.find('g3'));
    t.deepEqual(
      (await tasks.openWithLimit(limit.limitId)).map(({ taskKey }) => taskKey),
      ['g3'],
    );

    t.deepEqual(await find({ unitCode: 'health' }), ['g3']);
    t.deepEqual(await find({ unitCode: 'water' }), []);
    t.deepEqual(await find({ urgency: 'NORMAL' }), ['g3']);
    t.deepEqual(await find({ processId: 'drill' }), ['g0']);
    t.deepEqual(await find({ elementId: 'report' }), ['g0']);
    t.false((await find({ flag: 'merged' })).includes('g3'));
    for (const flag of ['extended', 'supervised', 'confidential', 'rework'] as const)
      t.true((await find({ flag })).includes('g3'));
    const {
      items: [withoutTicket],
    } = await tasks.search({ ...zhao, queue: 'mine', everything: false, limit: 1 });
    t.is(withoutTicket!.ticket, null);
    t.deepEqual([limitStartAt, limitPausedAt], [monday, monday + 5]);
    t.deepEqual((await find({ sort: 'priority' })).slice(0, 2), ['g0', 'g3']);
    t.is((await find({ sort: '-dueAt' })).at(0), '6-asked-of-me');
    t.is((await find({ sort: '-dueAt' })).at(-1), 'g3');
  });
}
