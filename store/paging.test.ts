import test from 'ava';
import fc from 'fast-check';
import { InvalidInput } from '../domain/errors/invalid-input.ts';
import type { TicketQuery, TaskQuery } from '../domain/ports/queries.ts';
import { databases } from './testing/databases.ts';
import { monday, sampleLimit, sampleTask, sampleTicket } from './testing/samples.ts';

const ticketSorts = ['createdAt', '-createdAt', 'dueAt', '-dueAt', 'updatedAt', '-updatedAt'] as const;
const taskSorts = ['dueAt', '-dueAt', 'createdAt', '-createdAt', 'priority'] as const;
const everyone = { scope: { kind: 'ALL' } } as const;
const everyTask: Omit<TaskQuery, 'limit'> = {
  queue: 'all',
  everything: true,
  accountId: 'admin',
  groups: [],
  now: monday,
  endOfToday: monday,
};
/** Few instants, so that many rows tie; some without a due date. */
const dueDates = [null, 1, 1, 2, null, 3, 3, 3, 4, 5, null, 5, 6];

for (const kind of databases) {
  const on = (title: string) => `${title} (${kind.name})`;
  const opening = kind.open().then(async (database) => {
    const { tickets, limits, tasks } = database.store.stores;
    for (const [at, due] of dueDates.entries()) {
      const ticketNo = `GD${String(at).padStart(3, '0')}`;
      await tickets.insert(
        sampleTicket(ticketNo, { createdAt: monday + (at % 4), title: '停水', content: '', addressText: '' }),
      );
      const dueAt = due === null ? null : monday + due;
      await limits.insert(sampleLimit(ticketNo, { dueAt, pausedAt: due === null ? monday : null }));
      await tasks.upsert(sampleTask(ticketNo, ticketNo, { dueAt, createdAt: monday + (at % 3), priority: at % 2 }));
    }
    return database;
  });
  const stores = async () => (await opening).store.stores;
  test.after.always(async () => (await opening).drop());

  async function walk<T>(
    page: (cursor: string | null) => Promise<{ items: T[]; nextCursor: string | null; total: number }>,
  ) {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const next: Awaited<ReturnType<typeof page>> = await page(cursor);
      items.push(...next.items);
      if (next.total !== dueDates.length) throw new Error(`total ${next.total}`);
      cursor = next.nextCursor;
    } while (cursor !== null && items.length <= dueDates.length);
    return items;
  }

  test.serial(on('pages of any size, put together, are the whole list: nothing twice, nothing left out'), async (t) => {
    const { tickets, tasks, limits } = await stores();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ticketSorts),
        fc.constantFrom(...taskSorts),
        fc.integer({ min: 1, max: 14 }),
        async (sort, taskSort, limit) => {
          const whole = await tickets.search({ ...everyone, sort, limit: 200 });
          t.deepEqual(await walk((cursor) => tickets.search({ ...everyone, sort, limit, cursor })), whole.items);
          const wholeTasks = await tasks.search({ ...everyTask, sort: taskSort, limit: 200 });
          t.deepEqual(
            await walk((cursor) => tasks.search({ ...everyTask, sort: taskSort, limit, cursor })),
            wholeTasks.items,
          );
          const wholeLimits = await limits.list({ limit: 200 });
          t.deepEqual(await walk((cursor) => limits.list({ limit, cursor })), wholeLimits.items);
        },
      ),
      { numRuns: 25 },
    );
  });

  test.serial(on('what has no due date comes last, whichever way the list is sorted'), async (t) => {
    const { tickets, tasks, limits } = await stores();
    const expected = dueDates.filter((due) => due !== null).map((due) => monday + due);
    const without = dueDates.filter((due) => due === null);
    const ascending = [...expected.sort((a, b) => a - b), ...without];
    const descending = [...expected.toReversed(), ...without];
    const due = ({ items }: { items: { dueAt: number | null }[] }) => items.map(({ dueAt }) => dueAt);
    t.deepEqual(due(await tickets.search({ ...everyone, sort: 'dueAt', limit: 50 })), ascending);
    t.deepEqual(due(await tickets.search({ ...everyone, sort: '-dueAt', limit: 50 })), descending);
    t.deepEqual(due(await tasks.search({ ...everyTask, sort: '-dueAt', limit: 50 })), descending);
    t.deepEqual(due(await limits.list({ limit: 50 })), ascending);
  });

  test.serial(on('a row that goes between two pages takes no other with it'), async (t) => {
    const { tasks } = await stores();
    const first = await tasks.search({ ...everyTask, limit: 3 });
    const rest = await tasks.search({ ...everyTask, limit: 200, cursor: first.nextCursor });
    await tasks.update(first.items[0]!.taskKey, { state: 'COMPLETED' });
    const after = await tasks.search({ ...everyTask, limit: 200, cursor: first.nextCursor });
    t.deepEqual(after.items, rest.items);
    await tasks.update(first.items[0]!.taskKey, { state: 'CREATED' });
  });

  test.serial(on('a cursor that was changed, or belongs to another order, is refused'), async (t) => {
    const { tickets } = await stores();
    const search = (cursor: string, sort: TicketQuery['sort'] = 'createdAt') =>
      tickets.search({ ...everyone, limit: 2, sort, cursor });
    const refused = { instanceOf: InvalidInput, message: /cursor badCursor/ };
    const { nextCursor } = await tickets.search({ ...everyone, limit: 2, sort: 'createdAt' });
    t.is((await search(nextCursor!)).items.length, 2);
    await t.throwsAsync(search(nextCursor!, '-createdAt'), refused);
    await t.throwsAsync(search(nextCursor!, 'dueAt'), refused);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(nextCursor!.length - 1),
        fc.constantFrom('a', 'Z', '9', '-', '_', '=', '%', ' '),
        async (at, character) => {
          const changed = nextCursor!.slice(0, at) + character + nextCursor!.slice(at + 1);
          if (changed !== nextCursor) await t.throwsAsync(search(changed), refused);
        },
      ),
      { numRuns: 60 },
    );
    for (const cursor of ['x', 'null', '[]', Buffer.from('["createdAt",1]').toString('base64url')])
      await t.throwsAsync(search(cursor), refused);
    for (const limit of [0, -1, 201, 1.5])
      await t.throwsAsync(tickets.search({ ...everyone, limit }), {
        instanceOf: InvalidInput,
        message: /limit outOfRange/,
      });
  });
}
