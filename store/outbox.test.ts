import test from 'ava';
import type { OutboxRow } from '../domain/outbox/outbox-row.ts';
import { openStore } from './open-store.ts';
import { databases } from './testing/databases.ts';

const start = 1_000_000;
const leaseMs = 30_000;
const assign = (taskKey: string) => ({ kind: 'ASSIGN_TASK', taskKey, assignee: null }) as const;
const named = (rows: OutboxRow[]) =>
  rows.map(({ orderKey, message }) => `${orderKey}/${message.kind === 'ASSIGN_TASK' ? message.taskKey : ''}`);

for (const kind of databases) {
  const on = (title: string) => `${title} (${kind.name})`;
  const opening = kind.open();
  test.after.always(async () => (await opening).drop());
  const outbox = async () => (await opening).store.stores.outbox;
  const claimAs = async (by: string, now: number, limit = 10) =>
    (await outbox()).claim({ by, now, until: now + leaseMs, limit });

  test.serial(on('of each ticket the oldest row goes first, one at a time'), async (t) => {
    const box = await outbox();
    for (const [key, task] of [
      ['A', '1'],
      ['A', '2'],
      ['B', '1'],
      ['B', '2'],
    ] as const)
      await box.add(key, assign(task), start);
    t.is(await box.waiting(), 4);
    const claimed = await claimAs('node-1', start);
    t.deepEqual(named(claimed), ['A/1', 'B/1']);
    t.deepEqual(
      [claimed[0]!.claimedBy, claimed[0]!.claimedUntil, claimed[0]!.attempts],
      ['node-1', start + leaseMs, 0],
    );
    t.deepEqual(await claimAs('node-2', start + 1), [], 'what is leased to one node is not given to another');
    await box.markSent(claimed[0]!.outboxId, start + 2);
    t.deepEqual(named(await claimAs('node-2', start + 3)), ['A/2']);
    t.is(await box.waiting(), 3);
  });

  test.serial(on('a lease that ran out with its node goes to the next'), async (t) => {
    const box = await outbox();
    t.deepEqual(named(await claimAs('node-3', start + leaseMs - 1)), []);
    const taken = await claimAs('node-3', start + leaseMs + 5);
    t.deepEqual(named(taken), ['A/2', 'B/1']);
    for (const { outboxId } of taken) await box.markSent(outboxId, start + leaseMs + 6);
    const last = await claimAs('node-3', start + leaseMs + 7);
    t.deepEqual(named(last), ['B/2']);
    await box.markSent(last[0]!.outboxId, start + leaseMs + 8);
    t.is(await box.waiting(), 0);
  });

  test.serial(on('a row that backs off holds the later ones of its ticket, and no other ticket'), async (t) => {
    const box = await outbox();
    const now = start + 100_000;
    for (const [key, task] of [
      ['C', '1'],
      ['C', '2'],
      ['D', '1'],
    ] as const)
      await box.add(key, assign(task), now);
    const [first, other] = await claimAs('node-1', now);
    await box.markSent(other!.outboxId, now);
    await box.retryLater(first!.outboxId, now + 5_000, '503 Service Unavailable');
    t.deepEqual(named(await claimAs('node-1', now + 4_999)), []);
    const [again] = await claimAs('node-1', now + 5_000);
    t.deepEqual([again!.outboxId, again!.attempts, again!.lastError], [first!.outboxId, 1, '503 Service Unavailable']);
    await box.giveUp(again!.outboxId, now + 5_001, '400 Bad Request');
    t.deepEqual(named(await claimAs('node-1', now + 5_002)), ['C/2'], 'a failed row does not hold the others');
    const failed = await box.failed(5);
    t.deepEqual(named(failed), ['C/1']);
    t.deepEqual([failed[0]!.failedAt, failed[0]!.attempts, failed[0]!.lastError], [now + 5_001, 2, '400 Bad Request']);
    await box.retryFailed(failed[0]!.outboxId, now + 6_000);
    t.deepEqual(await box.failed(5), []);
    t.deepEqual(named(await claimAs('node-1', now + 6_000)), ['C/1']);
  });

  test.serial(on('a row that was rolled back is never sent'), async (t) => {
    const { store } = await opening;
    const failing = store.transaction(async (stores) => {
      await stores.outbox.add('E', assign('1'), start);
      throw new Error('no');
    });
    await t.throwsAsync(failing);
    t.deepEqual(
      named(await claimAs('node-1', start + 900_000)).filter((name) => name.startsWith('E')),
      [],
    );
  });

  test.serial(on('many nodes that claim at once share the rows: none is handed out twice'), async (t) => {
    const { store, settings } = await opening;
    for (let at = 0; at < 40; at += 1) await store.stores.outbox.add(`many-${at}`, assign('1'), start);
    const nodes = kind.name === 'MariaDB' ? [store, await openStore(settings)] : [store];
    const claims = await Promise.all(
      Array.from({ length: 16 }, (_, at) =>
        nodes[at % nodes.length]!.stores.outbox.claim({
          by: `node-${at}`,
          now: start,
          until: start + leaseMs,
          limit: 10,
        }),
      ),
    );
    const ids = claims.flat().map(({ outboxId }) => outboxId);
    t.is(new Set(ids).size, ids.length);
    while ((await claimAs('rest', start)).length > 0);
    t.is(await store.knex('outbox').where('orderKey', 'like', 'many-%').whereNull('claimedBy').first(), undefined);
    for (const node of nodes.slice(1)) await node.close();
  });
}
