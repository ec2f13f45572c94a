import test from 'ava';
import { databases } from './testing/databases.ts';

for (const database of databases) {
  test(`what has served is taken away, what failed or waits stays (${database.name})`, async (t) => {
    const { store, drop } = await database.open();
    t.teardown(drop);
    const { outbox, changes, jobResults } = store.stores;
    const message = { kind: 'ASSIGN_TASK', taskKey: '1', assignee: null } as const;
    for (const key of ['sent long ago', 'sent now', 'waiting', 'failed']) await outbox.add(key, message, 0);
    const rows = await outbox.claim({ by: 'n', now: 1, until: 2, limit: 10 });
    const idOf = (key: string) => rows.find(({ orderKey }) => orderKey === key)!.outboxId;
    await outbox.markSent(idOf('sent long ago'), 10);
    await outbox.markSent(idOf('sent now'), 100);
    await store
      .knex('outbox')
      .where({ outboxId: idOf('failed') })
      .update({ failedAt: 10 });
    await changes.append({ kind: 'TASK', subject: '1', groups: [], accountId: null });
    const before = await changes.latestId();
    // More than one statement's worth.
    for (let at = 0; at < 1100; at++) await jobResults.insert(`old-${at}`, 'type', {}, 10);
    await jobResults.insert('new', 'type', { a: 1 }, 100);

    t.is(await store.prune({ changesBefore: 0, sentBefore: 50, jobResultsBefore: 50 }), 1101);
    const kept: { orderKey: string }[] = await store.knex('outbox').orderBy('outboxId').select('orderKey');
    t.deepEqual(
      kept.map(({ orderKey }) => orderKey),
      ['sent now', 'waiting', 'failed'],
    );
    t.is(await jobResults.find('old-7'), undefined);
    t.deepEqual(await jobResults.find('new'), { a: 1 });
    t.is(await store.prune({ changesBefore: Date.now() + 1000, sentBefore: 50, jobResultsBefore: 50 }), 1);
    await changes.append({ kind: 'TASK', subject: '2', groups: [], accountId: null });
    t.true((await changes.latestId()) > before, 'numbers go on: a browser that was away misses nothing');
  });
}
