import { setImmediate as nextTurn } from 'node:timers/promises';
import test from 'ava';
import { Conflict } from '../domain/errors/conflict.ts';
import { openStore } from './open-store.ts';
import { databases } from './testing/databases.ts';
import { monday, sampleCaller, sampleEvent, sampleTask, sampleTicket } from './testing/samples.ts';

const registrations = 50;

/** Something to wait for that the test lets happen. */
function gate() {
  let open: (value?: unknown) => void = () => {};
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

for (const kind of databases) {
  const opening = kind.open();
  const on = (title: string) => `${title} (${kind.name})`;
  test.after.always(async () => (await opening).drop());

  test(on('what a use case wrote is gone when it fails, number of the series included'), async (t) => {
    const { store } = await opening;
    const failing = store.transaction(async (stores) => {
      t.is(await stores.sequences.next('rolled-back'), 1);
      await stores.tickets.insert(sampleTicket('GD-rolled-back'));
      await stores.callers.insert(sampleCaller('GD-rolled-back'));
      await stores.events.append(sampleEvent('GD-rolled-back'));
      await stores.outbox.add('GD-rolled-back', { kind: 'ASSIGN_TASK', taskKey: '1', assignee: null }, monday);
      t.truthy(await stores.tickets.find('GD-rolled-back'), 'a transaction sees what it wrote');
      throw new Error('no');
    });
    await t.throwsAsync(failing, { message: 'no' });
    t.is(await store.stores.tickets.find('GD-rolled-back'), undefined);
    t.is(await store.stores.callers.find('GD-rolled-back'), undefined);
    t.deepEqual(await store.stores.events.ofTicket('GD-rolled-back'), []);
    t.is(await store.stores.sequences.next('rolled-back'), 1);
  });

  test(on('a reader does not wait for a transaction, and does not see into it'), async (t) => {
    const { store } = await opening;
    const finished = gate();
    const isWritten = gate();
    const writing = store.transaction(async (stores) => {
      await stores.tickets.insert(sampleTicket('GD-in-flight'));
      isWritten.open();
      await finished.opened;
    });
    await isWritten.opened;
    t.is(await store.stores.tickets.find('GD-in-flight'), undefined);
    finished.open();
    await writing;
    t.truthy(await store.stores.tickets.find('GD-in-flight'));
  });

  test(on('who uses the outer stores inside a transaction is told so, and does not hang'), async (t) => {
    const { store } = await opening;
    const refused = { message: /inside a transaction use only the stores/ };
    const ended = gate();
    let later: Promise<unknown> = Promise.resolve();
    await store.transaction(async (stores) => {
      await t.throwsAsync(async () => store.stores.tickets.find('GD1'), refused);
      await t.throwsAsync(async () => store.stores.settings.set('a', 'b'), refused);
      await t.throwsAsync(async () => store.stores.sequences.next('a'), refused);
      await t.throwsAsync(
        store.transaction(async () => {}),
        refused,
      );
      await stores.settings.set('inner', 'b');
      later = ended.opened.then(() => store.stores.settings.get('inner'));
    });
    ended.open();
    t.is(await later, 'b', 'what was begun inside and runs after its end is free');
  });

  test(
    on('the change log is told in order: a number that is still uncommitted is waited for, a lost one passed over'),
    async (t) => {
      if (kind.name === 'SQLite') return t.pass('one writer: numbers are given in the order of commits');
      const { store } = await opening;
      const { changes } = store.stores;
      const change = (subject: string) => ({ kind: 'TASK' as const, subject, groups: [], accountId: null });
      const start = await changes.latestId();
      const subjects = async () => (await changes.since(start, 10)).map(({ subject }) => subject);
      // however slow the machine is: a row is as old as the test says
      const age = (subject: string, ageMs: number) =>
        store
          .knex('change_log')
          .where({ subject })
          .update({ writtenAt: Date.now() - ageMs });
      const finished = gate();
      const isAppended = gate();
      const slow = store.transaction(async (stores) => {
        await stores.changes.append(change('slow'));
        isAppended.open();
        await finished.opened;
      });
      await isAppended.opened;
      await changes.append(change('quick'));
      await age('quick', -60_000);
      t.deepEqual(await subjects(), []);
      finished.open();
      await slow;
      t.deepEqual(await subjects(), ['slow', 'quick']);

      const undone = store.transaction(async (stores) => {
        await stores.changes.append(change('undone'));
        throw new Error('no');
      });
      await t.throwsAsync(undone);
      await changes.append(change('after'));
      await age('after', -60_000);
      t.deepEqual(await subjects(), ['slow', 'quick']);
      await age('after', 10_000);
      t.deepEqual(await subjects(), ['slow', 'quick', 'after']);
    },
  );

  test(on('fifty registrations at one instant get fifty numbers without a gap'), async (t) => {
    const { store, settings } = await opening;
    const otherNode = kind.name === 'MariaDB' ? await openStore(settings) : store;
    const register = (node: typeof store) =>
      node.transaction(async (stores) => {
        const ticketNo = `GD20261124${String(await stores.sequences.next('GD20261124')).padStart(5, '0')}`;
        await stores.tickets.insert(sampleTicket(ticketNo));
        await stores.callers.insert(sampleCaller(ticketNo));
        await nextTurn();
        await stores.events.append(sampleEvent(ticketNo));
        return ticketNo;
      });
    const numbers = await Promise.all(
      Array.from({ length: registrations }, (_, at) => register(at % 2 === 0 ? store : otherNode)),
    );
    const expected = Array.from({ length: registrations }, (_, at) => `GD20261124${String(at + 1).padStart(5, '0')}`);
    t.deepEqual(numbers.sort(), expected);
    if (otherNode !== store) await otherNode.close();
  });

  test(on('fifty numbers of a series asked for outside a transaction are fifty'), async (t) => {
    const { store } = await opening;
    const numbers = await Promise.all(Array.from({ length: 50 }, () => store.stores.sequences.next('DB20261124')));
    t.is(new Set(numbers).size, 50);
    t.is(Math.max(...numbers), 50);
  });

  test(on('of many who change one ticket from the same version, one wins and the others are told'), async (t) => {
    const { store } = await opening;
    await store.stores.tickets.insert(sampleTicket('GD-contended'));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, at) =>
        store.transaction(async (stores) => {
          const ticket = await stores.tickets.find('GD-contended');
          await stores.tickets.update('GD-contended', 1, { agentId: `agent-${at}` });
          await stores.events.append(sampleEvent('GD-contended'));
          return ticket;
        }),
      ),
    );
    t.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    const conflicts = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof Conflict);
    t.is(conflicts.length, 11);
    t.is((await store.stores.events.ofTicket('GD-contended')).length, 1);
    t.is((await store.stores.tickets.find('GD-contended'))?.version, 2);
  });

  test(on('two that lock two tickets crosswise both end: the victim of the deadlock begins again'), async (t) => {
    const { store } = await opening;
    for (const ticketNo of ['GD-cross-1', 'GD-cross-2']) await store.stores.tickets.insert(sampleTicket(ticketNo));
    const inOrder = (first: string, second: string) =>
      store.transaction(async (stores) => {
        await stores.events.append(sampleEvent(first));
        await nextTurn();
        await stores.events.append(sampleEvent(second));
      });
    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        at % 2 === 0 ? inOrder('GD-cross-1', 'GD-cross-2') : inOrder('GD-cross-2', 'GD-cross-1'),
      ),
    );
    t.is((await store.stores.events.ofTicket('GD-cross-1')).length, 10);
    t.is((await store.stores.events.ofTicket('GD-cross-2')).length, 10);
  });

  test(on('of two answers to one task at once, one is kept'), async (t) => {
    const { store } = await opening;
    await store.stores.tasks.upsert(sampleTask('raced', null));
    const answer = (answerId: string) =>
      store.stores.taskAnswers.insert({
        answerId,
        taskKey: 'raced',
        ticketNo: null,
        formId: null,
        elementId: 'handleRequest',
        answers: {},
        actorId: 'zhao',
        at: monday,
        state: 'SENT',
      });
    const outcomes = await Promise.allSettled([answer('race-1'), answer('race-2')]);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    t.like(lost?.reason, { name: 'Conflict', code: 'taskAlreadyDone' });
    const live = await store.stores.taskAnswers.liveOfTask('raced');
    await store.stores.taskAnswers.update(live!.answerId, { state: 'SUPERSEDED' });
    t.is(await store.stores.taskAnswers.liveOfTask('raced'), undefined);
    await answer('race-3');
    await store.stores.taskAnswers.update('race-3', { state: 'ACCEPTED' });
    t.is((await store.stores.taskAnswers.liveOfTask('raced'))?.answerId, 'race-3');
  });

  test(on('two nodes that start at once on an empty database make the tables once'), async (t) => {
    const empty = await kind.open({ migrated: false });
    const nodes = kind.name === 'MariaDB' ? [empty.store, await openStore(empty.settings)] : [empty.store];
    t.true((await nodes[0]!.pendingMigrations()).includes('0002-tickets.ts'));
    await Promise.all(nodes.map((node) => node.migrate()));
    for (const node of nodes) {
      await node.ping();
      t.deepEqual(await node.pendingMigrations(), []);
      await node.stores.tickets.insert(sampleTicket(`GD-node-${nodes.indexOf(node)}`));
    }
    await nodes[1]?.close();
    await empty.drop();
  });
}
